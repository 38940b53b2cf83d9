# No excerpt of what could not be read, whatever is redacted.
cp "$EXAMPLES/damaged.ndjson" .
"$ERRATA" summary --redact record --rejects rejects damaged.ndjson > out || echo "$?"
grep -c '"text":null' rejects
wc -l < rejects
