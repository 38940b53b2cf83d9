. "$TOOLS/data.sh"; small
"$ERRATA" list small.ndjson >&-
