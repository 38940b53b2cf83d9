. "$TOOLS/data.sh"; small
gzip -k small.ndjson
zstd -q small.ndjson
mv small.ndjson.zst disguised.json
cat small.ndjson | gzip > two.gz
cat small.ndjson | gzip >> two.gz
"$ERRATA" group --by source --format csv small.ndjson small.ndjson.gz disguised.json two.gz
