# A baseline that is there does not vanish because the input did; to a pipeline an input that is empty is nothing to fail for.
. "$TOOLS/gate.sh"; runs
mkdir nothing
check --write-baseline known.json old.ndjson
check --write-baseline known.json nothing
check --write-baseline known.json --accept-new --max-issues 0 nothing
check --baseline known.json nothing
grep -c issues known.json
rm known.json
check --write-baseline known.json nothing
cat known.json
check --write-baseline known.json nothing
