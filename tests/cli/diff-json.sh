. "$TOOLS/data.sh"; sides
"$ERRATA" diff --format json old.ndjson new.ndjson
