# Compared with the old one, and stale entries dropped, in one run; a failed clause does not keep it from being written.
. "$TOOLS/gate.sh"; runs
"$ERRATA" check --write-baseline known.json old.ndjson
head -n 2 old.ndjson > less.ndjson
check --baseline known.json --write-baseline known.json less.ndjson
grep -c GONE known.json || :
check --max-issues 0 --write-baseline known.json less.ndjson
