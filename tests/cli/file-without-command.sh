. "$TOOLS/data.sh"; small
"$ERRATA" small.ndjson
