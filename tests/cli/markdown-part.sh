# That a filter was on shows in the heading; columns on a baseline are there where there is one.
. "$TOOLS/data.sh"; small
. "$TOOLS/gate.sh"
"$ERRATA" group --format markdown --where 'key = CHECK_NAME' small.ndjson
"$ERRATA" list --format markdown --where 'key = CHECK_NAME' small.ndjson
"$ERRATA" list --format markdown --limit 1 small.ndjson
check --max-issues 0 --by key --format markdown small.ndjson
"$ERRATA" check --write-baseline known.json --by key --key CHECK_NAME small.ndjson > /dev/null
"$ERRATA" check --baseline known.json --max-issues 0 --by key --key CHECK_NAME --format markdown small.ndjson || echo "exit $?"
sed -i 's/"r-2",/"r-4",/; 1p' small.ndjson
"$ERRATA" check --baseline known.json --max-issues 0 --by key --key CHECK_NAME --format markdown small.ndjson || echo "exit $?"
