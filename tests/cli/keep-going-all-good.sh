. "$TOOLS/data.sh"; small
"$ERRATA" list --keep-going --limit 1 small.ndjson
