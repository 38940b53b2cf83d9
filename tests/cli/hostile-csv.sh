. "$TOOLS/data.sh"; hostile
"$ERRATA" list --format csv hostile.ndjson | cat -v
