# By what is in them, whatever their names; gzip of several members, zstd of several frames.
. "$TOOLS/data.sh"; small
gzip -k small.ndjson
"$TOOLS/zstd-stored" < small.ndjson > disguised.json
cat small.ndjson.gz small.ndjson.gz > two.gz
cat disguised.json disguised.json > two.zst
"$ERRATA" group --by source --format csv small.ndjson small.ndjson.gz disguised.json two.gz two.zst
