. "$TOOLS/data.sh"; small
"$ERRATA" list --limit 1 --rejects rejects.ndjson small.ndjson
wc -c < rejects.ndjson
