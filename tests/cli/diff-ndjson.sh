. "$TOOLS/data.sh"; sides
"$ERRATA" diff --by code,message --format ndjson old.ndjson new.ndjson
