. "$TOOLS/data.sh"; mixed
"$ERRATA" list --keep-going mixed.ndjson
