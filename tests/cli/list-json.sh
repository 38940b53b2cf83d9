. "$TOOLS/data.sh"; small
"$ERRATA" list --format json --offset 1 --limit 2 small.ndjson
