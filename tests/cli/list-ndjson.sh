. "$TOOLS/data.sh"; small
"$ERRATA" list --format ndjson small.ndjson
