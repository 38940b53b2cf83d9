. "$TOOLS/data.sh"; mixed
"$ERRATA" list --rejects /dev/full mixed.ndjson
