. "$TOOLS/data.sh"; small
"$ERRATA" group --by pattern --format csv small.ndjson
"$ERRATA" group --by pattern --format csv --digit-names small.ndjson
