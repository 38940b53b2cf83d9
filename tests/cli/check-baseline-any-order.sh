# A merge may leave groups in another order; members too.
. "$TOOLS/gate.sh"; runs
cat > known.json <<'EOF'
{"groups_are_below": 1}
EOF
check --baseline known.json old.ndjson
cat > known.json <<'EOF'
{"by":["key","code","pattern"],"filters":[],"errata_baseline":1,"groups":[
{"records":2,"issues":3,"key":"KEEP","code":"custom","pattern":"a"},
{"key":"GROW","code":"too_small","pattern":"b[*]","issues":1,"records":1},
{"key":"GONE","code":"custom","pattern":"x","issues":1,"records":1}]}
EOF
check --baseline known.json old.ndjson
