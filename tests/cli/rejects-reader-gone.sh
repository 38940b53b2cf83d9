# Only the result's reader may go away quietly. There are more rejects than a pipe holds.
. "$TOOLS/data.sh"; small
{ yes '{"status":5}' | head -n 5000; cat small.ndjson; } > many.ndjson
{ "$ERRATA" list --rejects /dev/fd/3 -o out many.ndjson 3>&1 || echo $? >&2; } | head -c 1 > /dev/null
tail -n 1 out
