# What else is in it is for tests/sarif to say.
. "$TOOLS/data.sh"; small
"$ERRATA" group --by key,code --format sarif small.ndjson | sed 's/"errata","version":"[^"]*"/"errata","version":"V"/'
"$ERRATA" group --by key --limit 1 --format sarif - < small.ndjson | grep -o '"results".*'
"$ERRATA" group --by code,pattern --format sarif small.ndjson || echo $?
"$ERRATA" diff --format sarif small.ndjson small.ndjson || echo $?
