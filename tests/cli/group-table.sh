. "$TOOLS/data.sh"; small
"$ERRATA" group small.ndjson
