. "$TOOLS/data.sh"; mixed
"$ERRATA" list --format ndjson --rejects rejects.ndjson mixed.ndjson || echo $?
cat rejects.ndjson
