. "$TOOLS/data.sh"; small
"$ERRATA" group -o no/such/folder.txt small.ndjson
