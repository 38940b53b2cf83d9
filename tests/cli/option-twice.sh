# Of two names none is left out without a word; the last number or choice counts.
. "$TOOLS/data.sh"; small
group() { "$ERRATA" group small.ndjson "$@" || echo $?; }
group -o a.csv -o b.csv
group -o a.csv --output=a.csv
group --by key --by code
"$ERRATA" check --baseline a --baseline b small.ndjson || echo $?
group --format json --limit 2 --by key --format csv --limit 1
group --by key --format csv --where 'key ~ NAME' --where 'code ~ .' --redact message --redact record
group --baseline a --baseline b
ls
