cd "$EXAMPLES"
"$ERRATA" --rejects /dev/stderr damaged.ndjson
