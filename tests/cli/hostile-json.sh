. "$TOOLS/data.sh"; hostile
"$ERRATA" list --format ndjson hostile.ndjson | cat -v
