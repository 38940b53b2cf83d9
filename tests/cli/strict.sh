. "$TOOLS/data.sh"; small
"$ERRATA" --strict small.ndjson
