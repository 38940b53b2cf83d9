"$ERRATA" --limit 1 "$EXAMPLES/loans.ndjson"
