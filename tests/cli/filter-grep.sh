. "$TOOLS/data.sh"; small
"$ERRATA" group --by message --format csv --grep '(?i)TOO' --grep '^No' small.ndjson
