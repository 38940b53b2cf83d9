# Alone it allows nothing new or grown; what is gone is stale and no failure.
. "$TOOLS/gate.sh"; runs
check --write-baseline known.json old.ndjson
cat known.json
check --baseline known.json old.ndjson
check --baseline known.json new.ndjson
# Shrunk and gone alone.
head -n 2 old.ndjson | tail -n 1 > less.ndjson
check --baseline known.json less.ndjson
