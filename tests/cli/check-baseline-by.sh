# The baseline's fields and filters hold; others are an error that shows how to repeat the run.
. "$TOOLS/gate.sh"; runs
"$ERRATA" check --write-baseline known.json --by code,key --key KEEP --key GROW --where "message != it's" old.ndjson
cat known.json
check --baseline known.json --where "message != it's" --key GROW --key KEEP --key GROW old.ndjson
check --baseline known.json --by key,code --where "message != it's" --key GROW --key KEEP old.ndjson
check --baseline known.json --key GROW --key KEEP old.ndjson
check --baseline known.json --by key old.ndjson
check --write-baseline known.json old.ndjson
