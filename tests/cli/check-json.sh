. "$TOOLS/gate.sh"; runs
"$ERRATA" check --write-baseline known.json old.ndjson > /dev/null
check --baseline known.json --max-records 12.50% --format json new.ndjson
check --max-issues 100 --limit 0 --format json -o out.json old.ndjson
cat out.json
check --format ndjson --max-issues 5 new.ndjson
