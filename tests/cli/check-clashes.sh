# No output is another one, or what is read; only --baseline may be what --write-baseline replaces.
. "$TOOLS/gate.sh"; runs
"$ERRATA" check --write-baseline known.json old.ndjson > /dev/null
echo '{"rules":[{"name":"a","max_issues":100}]}' > policy.json
check --write-baseline ./out.json -o out.json old.ndjson
check --write-baseline old.ndjson old.ndjson
check --write-baseline out.json --rejects out.json old.ndjson
check --write-baseline policy.json --policy policy.json old.ndjson
check --policy policy.json -o ./policy.json old.ndjson
check --policy policy.json --rejects policy.json old.ndjson
check --baseline known.json -o known.json old.ndjson
check --write-baseline - old.ndjson
check --max-issues 100 --rejects - old.ndjson
check --baseline known.json --write-baseline known.json old.ndjson
ln -s known.json link.json
check --baseline link.json --write-baseline known.json old.ndjson
check --policy policy.json old.ndjson >> policy.json || :
ls
