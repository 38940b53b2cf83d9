. "$TOOLS/data.sh"; small
"$ERRATA" summary --format json small.ndjson
"$ERRATA" summary --format json --limit 1 --code custom small.ndjson
