. "$TOOLS/data.sh"; small
"$ERRATA" summary --format json --record r-2 --record r-3 small.ndjson
"$ERRATA" summary --format json --record r-2 --record r-3 --status COMPLETED small.ndjson
