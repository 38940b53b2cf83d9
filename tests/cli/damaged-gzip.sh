. "$TOOLS/data.sh"; small
gzip -c small.ndjson | head -c 200 > cut.gz
"$ERRATA" cut.gz
