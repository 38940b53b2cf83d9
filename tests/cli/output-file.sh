. "$TOOLS/data.sh"; small
"$ERRATA" group --by key -o out.txt small.ndjson
cat out.txt
ls -A
