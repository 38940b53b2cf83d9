# Quietly, whatever the format, and also where there are rejects.
for i in $(seq 100); do cat "$EXAMPLES/damaged.ndjson"; done > many.ndjson
for format in table json ndjson csv; do
    { "$ERRATA" list --limit 0 --keep-going --format $format many.ndjson 2> err; echo $? > status; } | head -c 10 > /dev/null
    cat status
done
