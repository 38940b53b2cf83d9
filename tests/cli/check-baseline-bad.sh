# Each with its place, before anything is read.
. "$TOOLS/gate.sh"; runs
bad() {
    printf '%s' "$1" > known.json
    check --baseline known.json missing.ndjson
}
bad ''
bad '[]'
bad '{"errata_baseline":1,"by":["key"],"filters":[],"groups":['
bad '{"errata_baseline":2,"by":["key"],"filters":[],"groups":[]}'
bad '{"errata_baseline":"1","by":["key"],"filters":[],"groups":[]}'
bad '{"by":["key"],"filters":[],"groups":[]}'
bad '{"errata_baseline":1,"filters":[],"groups":[]}'
bad '{"errata_baseline":1,"by":[],"filters":[],"groups":[]}'
bad '{"errata_baseline":1,"by":["kex"],"filters":[],"groups":[]}'
bad '{"errata_baseline":1,"by":["key","key"],"filters":[],"groups":[]}'
bad '{"errata_baseline":1,"by":["key"],"by":["key"],"filters":[],"groups":[]}'
bad '{"errata_baseline":1,"by":["key"],"filters":["key"],"groups":[]}'
bad '{"errata_baseline":1,"by":["key"],"filters":[],"groups":[],"more":1}'
bad '{"errata_baseline":1,"by":["key"],"filters":[],"groups":[5]}'
bad '{"errata_baseline":1,"by":["key"],"filters":[],"groups":[
{"key":5,"issues":1,"records":1}]}'
bad '{"errata_baseline":1,"by":["key"],"filters":[],"groups":[
{"key":"A","issues":-1,"records":1}]}'
bad '{"errata_baseline":1,"by":["key"],"filters":[],"groups":[
{"key":"A","issues":1.5,"records":1}]}'
bad '{"errata_baseline":1,"by":["key"],"filters":[],"groups":[
{"key":"A","issues":99999999999999999999,"records":1}]}'
bad '{"errata_baseline":1,"by":["key"],"filters":[],"groups":[
{"key":"A","issues":1}]}'
bad '{"errata_baseline":1,"by":["key"],"filters":[],"groups":[
{"key":"A","issues":1,"issues":1,"records":1}]}'
bad '{"errata_baseline":1,"by":["key"],"filters":[],"groups":[
{"key":"A","code":null,"issues":1,"records":1}]}'
bad '{"errata_baseline":1,"by":["key"],"filters":[],"groups":[
{"key":"B","issues":1,"records":1},
{"key":"A","issues":1,"records":1},
{"key":"B","issues":2,"records":1}]}'
bad '{"errata_baseline":1,"by":["key"],"filters":[],"groups":[]} x'
check --baseline nowhere.json new.ndjson
