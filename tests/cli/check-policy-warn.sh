# Warnings are shown and never fail.
. "$TOOLS/gate.sh"; runs
echo '{"rules":[{"name":"soft","max_issues":0,"severity":"warn"}]}' > policy.json
check --policy policy.json new.ndjson
check --policy policy.json --format json new.ndjson
