. "$TOOLS/data.sh"; sides
"$ERRATA" diff new.ndjson new.ndjson
"$ERRATA" diff --by record --key NONE old.ndjson new.ndjson
