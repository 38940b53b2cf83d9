# Fields that cannot be redacted, and where marks would be of no use or would bring the values along.
"$ERRATA" list --redact code "$EXAMPLES/loans.ndjson" || echo "$?"
"$ERRATA" list --redact received,expcted "$EXAMPLES/loans.ndjson" || echo "$?"
"$ERRATA" list --redact '' "$EXAMPLES/loans.ndjson" || echo "$?"
"$ERRATA" index --redact received -o run.errata "$EXAMPLES/loans.ndjson" || echo "$?"
"$ERRATA" check --redact received --by key,received --write-baseline known.json "$EXAMPLES/loans.ndjson" || echo "$?"
"$ERRATA" check --redact message --by rule_message --write-baseline known.json "$EXAMPLES/loans.ndjson" || echo "$?"
"$ERRATA" check --redact message,received --by key,received,message,rule_message --write-baseline known.json "$EXAMPLES/loans.ndjson" || echo "$?"
# Of a baseline that groups by what is not redacted the examples are.
"$ERRATA" check --redact record,message --by key --write-baseline known.json "$EXAMPLES/loans.ndjson"
"$ERRATA" check --redact record,message --baseline known.json "$EXAMPLES/loans.ndjson"
ls
