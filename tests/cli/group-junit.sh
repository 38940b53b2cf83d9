. "$TOOLS/data.sh"; small; hostile
"$ERRATA" group --format junit small.ndjson hostile.ndjson
"$ERRATA" group --format junit --limit 1 small.ndjson | head -6
"$ERRATA" list --format junit small.ndjson 2>&1 | cut -c 1-46
