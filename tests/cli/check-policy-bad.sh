# Each with its place, before anything is read.
bad() {
    printf '%s' "$1" > policy.json
    status=0
    "$ERRATA" check --policy policy.json missing.ndjson || status=$?
    echo "exit $status"
}
bad ''
bad '{"rules":[{"name":"a","max_issues":3}'
bad '{"rules":[{"name":"a","max_issues":3}]} x'
bad '[]'
bad '{}'
bad '{"rules":[]}'
bad '{"rules":{"name":"a"}}'
bad '{"rules":["a"]}'
bad '{"version":2,"rules":[{"name":"a","max_issues":3}]}'
bad '{"$schema":7,"rules":[{"name":"a","max_issues":3}]}'
bad '{"rule":[{"name":"a","max_issues":3}]}'
bad '{"rules":[{"name":"a","max_issue":3}]}'
bad '{"rules":[{"name":"a","nonsense\u001b[2J":3}]}'
bad '{"rules":[{"max_issues":3}]}'
bad '{"rules":[{"name":"","max_issues":3}]}'
bad '{"rules":[{"name":5,"max_issues":3}]}'
bad '{"rules":[
  {"name":"a","max_issues":3},
  {"name":"a","max_issues":3}]}'
bad '{"rules":[{"name":"a","name":"b","max_issues":3}]}'
bad '{"rules":[{"name":"a"}]}'
bad '{"rules":[{"name":"a","max_issues":"3"}]}'
bad '{"rules":[{"name":"a","max_issues":-1}]}'
bad '{"rules":[{"name":"a","max_issues":1.5}]}'
bad '{"rules":[{"name":"a","max_records":null}]}'
bad '{"rules":[{"name":"a","max_records_percent":100.5}]}'
bad '{"rules":[{"name":"a","max_records_percent":0.0000001}]}'
bad '{"rules":[{"name":"a","max_records_percent":[1]}]}'
bad '{"rules":[{"name":"a","max_new_groups":3}]}'
bad '{"rules":[{"name":"a","severity":"error","max_issues":3}]}'
bad '{"rules":[{"name":"a","where":"key = A","max_issues":3}]}'
bad '{"rules":[{"name":"a","where":[5],"max_issues":3}]}'
bad '{"rules":[{"name":"a","where":["key = A\u0000"],"max_issues":3}]}'
bad '{"rules":[{"name":"a","where":["kex = A"],"max_issues":3}]}'
bad '{"rules":[{"name":"a","where":["path = inc*"],"max_issues":3}]}'
bad '{"rules":[{"name":"a","where":["message ~ ("],"max_issues":3}]}'
bad '{"rules":[{"name":"a","where":["key = A","key = B"],"max_issues":3}]}'
bad '{"rules":[{"name":"a","where":["code","!code"],"max_issues":3}]}'
bad '{"rules":[{"name":"a","where":["pattern = a[17]"],"max_issues":3}]}'
bad '{"rules":[{"name":"a","where":["fetched_at = yesterday"],"max_issues":3}]}'
rm policy.json
status=0
"$ERRATA" check --policy policy.json missing.ndjson || status=$?
echo "exit $status"
