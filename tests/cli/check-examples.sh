# What docs/check.md says to try.
cp "$EXAMPLES/baseline.json" before.json
cp "$EXAMPLES/baseline.json" "$EXAMPLES/policy.json" .
"$ERRATA" check --write-baseline baseline.json --by key,code "$EXAMPLES/loans-old.ndjson"
cmp before.json baseline.json
head -n 500 "$EXAMPLES/loans.ndjson" | "$ERRATA" check --baseline baseline.json --policy policy.json
status=0
head -n 500 "$EXAMPLES/loans.ndjson" | "$ERRATA" check --baseline baseline.json || status=$?
echo "exit $status"
"$ERRATA" check --max-issues 5000 --max-records 0.5% "$EXAMPLES/loans.ndjson" && exit 9
echo "exit $?"
