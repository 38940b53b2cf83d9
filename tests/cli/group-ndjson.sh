. "$TOOLS/data.sh"; small
"$ERRATA" group --format ndjson --by code,expected small.ndjson
