# 20 in a table, all in the others, 0 is all.
for i in $(seq 30); do
    echo '{"status":"FAILED","errors":[{"message":"m","errors":[{"message":"x"}],"key":"K'$i'"}]}'
done > many.ndjson
"$ERRATA" group --by key many.ndjson
"$ERRATA" group --by key --limit 0 many.ndjson | wc -l
"$ERRATA" group --by key --format csv many.ndjson | wc -l
"$ERRATA" list many.ndjson | tail -1
"$ERRATA" list --format ndjson many.ndjson | wc -l
"$ERRATA" summary --format json many.ndjson | tr '{' '\n' | grep -c '"value":"K'
