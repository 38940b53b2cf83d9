# In tables, messages and files. What a reviewer could not see in a baseline is there as an escape, and comes back.
. "$TOOLS/data.sh"; hostile
. "$TOOLS/gate.sh"
check --write-baseline known.json --by key,code,path,received,record hostile.ndjson
cat known.json
check --baseline known.json hostile.ndjson
printf '{"rules":[{"name":"\\u001b[31m\\u202eevil","max_issues":0}]}' > policy.json
check --policy policy.json --by code hostile.ndjson
check --policy policy.json --by code --format json hostile.ndjson
check --policy "$(printf 'no\033[31m.json')" hostile.ndjson
check --baseline known.json --grep "$(printf 'a\033b')" hostile.ndjson
