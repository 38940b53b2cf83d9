. "$TOOLS/data.sh"; small
"$ERRATA" --by=key group small.ndjson --format csv -oout.csv
cat out.csv
