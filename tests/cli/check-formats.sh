# A verdict for a comment, and the groups behind what does not hold for spreadsheets.
. "$TOOLS/gate.sh"; runs
"$ERRATA" check --write-baseline known.json old.ndjson > /dev/null
check --baseline known.json --max-records 12.50% --max-issues 100 --format markdown new.ndjson
check --baseline known.json --max-records 12.50% --format tsv new.ndjson
check --max-issues 5 --by code --safe-cells --format csv new.ndjson
check --max-issues 100 --format csv new.ndjson
check --write-baseline known.json --format markdown new.ndjson
cat > policy.json <<'END'
{"rules":[{"name":"](http://x) | @all","max_issues":0}]}
END
check --policy policy.json --by code --format markdown --max-bytes 1000 new.ndjson
