. "$TOOLS/gate.sh"; runs
cat > policy.json <<'EOF'
{
  "$schema": "policy.schema.json",
  "version": 1,
  "rules": [
    {"name": "none at all", "max_issues": 0},
    {"name": "few of GROW", "where": ["key = GROW", "path ~ ^b"], "max_issues": 4, "max_records": 1},
    {"name": "share", "max_records_percent": 66.666666, "severity": "warn"},
    {"name": "custom", "where": ["code = custom"], "max_records": 3, "severity": "fail"}
  ]
}
EOF
check --policy policy.json new.ndjson
check --policy policy.json --max-issues 100 --key KEEP new.ndjson
