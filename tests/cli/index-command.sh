# To a file, a pipe or standard output: the same bytes, silently.
. "$TOOLS/data.sh"; small
"$ERRATA" index small.ndjson -o small.errata
"$ERRATA" index small.ndjson > direct.errata
cmp small.errata direct.errata
"$ERRATA" index small.ndjson | cmp - small.errata
head -c 8 small.errata | od -An -c
ls -A
