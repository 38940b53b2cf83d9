. "$TOOLS/data.sh"; small
COLUMNS=50 "$ERRATA" group small.ndjson
COLUMNS=rubbish "$ERRATA" group --limit 1 small.ndjson
COLUMNS=3 "$ERRATA" group --limit 1 small.ndjson
