. "$TOOLS/data.sh"; small
"$ERRATA" list --format csv small.ndjson
