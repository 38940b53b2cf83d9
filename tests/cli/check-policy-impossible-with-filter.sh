# Of the command line and the rule together.
. "$TOOLS/gate.sh"; runs
echo '{"rules":[{"name":"a","where":["key = B"],"max_issues":3}]}' > policy.json
check --policy policy.json --key A new.ndjson
