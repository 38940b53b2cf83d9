# Values that are missing, in all of it.
. "$TOOLS/data.sh"; bare
. "$TOOLS/gate.sh"
check --write-baseline known.json --by key,code,expected,record bare.json
cat known.json
check --baseline known.json bare.json
check --max-issues 1 --by key,code bare.json
check --max-issues 1 --by key,code --format json bare.json
