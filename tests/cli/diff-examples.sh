cd "$EXAMPLES"
"$ERRATA" diff --limit 5 loans-old.ndjson loans.ndjson
