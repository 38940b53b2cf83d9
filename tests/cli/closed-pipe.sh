# Quietly, whatever the format, and also where there are rejects.
# More than a pipe holds where pages are large.
for i in $(seq 1000); do cat "$EXAMPLES/damaged.ndjson"; done > many.ndjson
for format in table json ndjson csv; do
    { "$ERRATA" list --limit 0 --keep-going --format $format many.ndjson 2> err; echo $? > status; } | head -c 10 > /dev/null
    cat status
done
