# All the same, and great enough.
. "$TOOLS/data.sh"; small
for size in 1G 1g 1GB 1gb 1GiB 1gib 1024M 1048576k 1073741824; do
    "$ERRATA" --max-memory $size --max-token $size small.ndjson | head -n 1
done
