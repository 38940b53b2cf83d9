. "$TOOLS/data.sh"; small
"$ERRATA" group --format ndjson --by source < small.ndjson
cat small.ndjson | "$ERRATA" group --format ndjson --by source -
