# Formats of rows have the top lists of a summary, one behind the other.
"$ERRATA" summary --format ndjson "$EXAMPLES/loans.ndjson" | head -3
"$ERRATA" summary --limit 1 --format csv "$EXAMPLES/loans.ndjson"
