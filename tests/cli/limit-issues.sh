. "$TOOLS/data.sh"; small
"$ERRATA" --max-issues 4 small.ndjson
