# Also of a join.
. "$TOOLS/data.sh"; small
"$ERRATA" index small.ndjson -o a.errata
cp a.errata before
"$ERRATA" index a.errata small.ndjson -o a.errata || echo $?
cmp a.errata before
