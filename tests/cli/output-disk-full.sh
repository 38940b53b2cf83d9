. "$TOOLS/data.sh"; small
"$ERRATA" group --format json -o /dev/full small.ndjson || echo $?
"$ERRATA" list small.ndjson > /dev/full || echo $?
"$ERRATA" --help > /dev/full || echo $?
"$ERRATA" list --rejects /dev/full small.ndjson | head -1
