. "$TOOLS/data.sh"; small
"$ERRATA" group --format json small.ndjson
