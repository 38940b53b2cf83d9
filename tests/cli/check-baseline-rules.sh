# Rules narrow down. A rule is charged with the growth of a group, but with no more than it is about.
. "$TOOLS/gate.sh"; runs
"$ERRATA" check --write-baseline known.json old.ndjson > /dev/null
cat > policy.json <<'EOF'
{"rules": [
  {"name": "all", "max_issues": 7, "max_records": 3, "max_records_percent": 50, "max_new_groups": 2},
  {"name": "part of a grown group", "where": ["path in [\"b[1]\",\"b[2]\"]"], "max_issues": 2, "max_records": 1, "max_new_groups": 0},
  {"name": "a new group", "where": ["key = FRESH"], "max_issues": 3, "max_records": 2, "max_new_groups": 1},
  {"name": "what is known", "where": ["key = KEEP"], "max_issues": 0, "max_records": 0, "max_records_percent": 0, "max_new_groups": 0}
]}
EOF
check --baseline known.json --policy policy.json new.ndjson
sed 's/2}/1}/; s/: 2,/: 1,/; s/: 3,/: 2,/' policy.json > tight.json
check --baseline known.json --policy tight.json new.ndjson
