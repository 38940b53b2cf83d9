# What is the same is counted, not listed. r-2 newly fails; r-1 goes on in other groups; r-4 is added.
. "$TOOLS/data.sh"; sides
"$ERRATA" diff old.ndjson new.ndjson
echo
"$ERRATA" diff --by key old.ndjson new.ndjson
