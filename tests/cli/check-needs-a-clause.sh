# No clause at all is a usage error that names them.
"$ERRATA" check "$EXAMPLES/loans.ndjson"
