# Of a grown group a rule is charged with no more records than it is about; and one record in two grown groups counts twice.
. "$TOOLS/gate.sh"
document r-1 A custom '["a",0]' B custom '["b"]' > old.ndjson
{
    document r-1 A custom '["a",0]' B custom '["b"]'
    document r-2 A custom '["a",1]' B custom '["b"]'
    document r-3 A custom '["a",2]'
} > new.ndjson
"$ERRATA" check --write-baseline known.json old.ndjson
cat > policy.json <<'EOF'
{"rules":[{"name":"all","max_records":3},
{"name":"one of A","where":["path = a[2]"],"max_records":1}]}
EOF
check --baseline known.json --policy policy.json new.ndjson
