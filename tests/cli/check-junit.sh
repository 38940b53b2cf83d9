# What else is in it is for tests/junit to say.
. "$TOOLS/gate.sh"; runs
"$ERRATA" check --write-baseline known.json old.ndjson > /dev/null
check --baseline known.json --max-records 12.50% --format junit new.ndjson
check --write-baseline known.json --format junit new.ndjson
check --max-issues 100 --format junit new.ndjson
"$ERRATA" check --max-issues 5 --format junit new.ndjson | grep -o "the most of it.*"
