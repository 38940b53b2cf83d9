# As many as allowed pass, one more fails.
. "$TOOLS/gate.sh"; runs
check --max-issues 11 new.ndjson
check --max-issues 10 new.ndjson
check --max-issues 0 --key NONE new.ndjson
