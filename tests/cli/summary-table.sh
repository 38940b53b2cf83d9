"$ERRATA" summary "$EXAMPLES/loans.ndjson"
