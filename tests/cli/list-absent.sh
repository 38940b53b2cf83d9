. "$TOOLS/data.sh"; bare
"$ERRATA" list --format ndjson bare.json
"$ERRATA" list --format csv bare.json
