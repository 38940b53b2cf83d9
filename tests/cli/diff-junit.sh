. "$TOOLS/data.sh"; sides
"$ERRATA" diff --format junit old.ndjson new.ndjson
