# --limit is about lists that can be long.
. "$TOOLS/gate.sh"; runs
"$ERRATA" check --write-baseline known.json new.ndjson > /dev/null
: > empty.ndjson
check --baseline known.json --limit 2 empty.ndjson
check --baseline known.json --limit 1 --format json empty.ndjson
