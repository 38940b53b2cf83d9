. "$TOOLS/data.sh"; small
"$ERRATA" group --format csv small.ndjson | cat -A
