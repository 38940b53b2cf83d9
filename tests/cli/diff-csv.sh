. "$TOOLS/data.sh"; sides
"$ERRATA" diff --by key,received --format csv old.ndjson new.ndjson old.ndjson
