# Marks in place of records, messages and of what was received, the same for the same: here numbered by first sight.
"$ERRATA" list --redact record,received,message --format csv --where 'received ~ .' --limit 6 "$EXAMPLES/loans.ndjson" > out
grep -o 'redacted:[0-9a-f]*' out | awk '!seen[$0]++ { printf "s/%s/mark-%d/\n", $0, ++n }' > marks
sed -f marks out | cut -d, -f1,6,7,12,13
