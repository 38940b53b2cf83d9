# With a baseline limits count what is new or grown: issues 3 + 1 + (4 - 1); records r-5 and r-6, and one more of GROW.
. "$TOOLS/gate.sh"; runs
"$ERRATA" check --write-baseline known.json old.ndjson > /dev/null
check --baseline known.json --max-issues 7 --max-records 3 new.ndjson
check --baseline known.json --max-issues 6 --max-records 2 new.ndjson
# 3 of 6 records.
check --baseline known.json --max-records 50% new.ndjson
