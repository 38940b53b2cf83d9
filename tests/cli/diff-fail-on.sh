# Exit 1 when there is such a group; the answer is written all the same.
. "$TOOLS/data.sh"; sides
try() { "$ERRATA" diff "$@" > out && echo "0 $(wc -l < out)" || echo "$? $(wc -l < out)"; }
try old.ndjson new.ndjson --by key
try old.ndjson new.ndjson --by key --fail-on new
try old.ndjson new.ndjson --by key --fail-on grown,gone --format json
try old.ndjson new.ndjson --by key --fail-on new --fail-on grown,new
try new.ndjson new.ndjson --fail-on new,gone,grown,shrunk
# Groups that --min or a filter leaves out do not count; those that --limit leaves out do.
try old.ndjson new.ndjson --by key --fail-on new --min 100
try old.ndjson new.ndjson --by key --fail-on new --key CHECK_INCOME
try old.ndjson new.ndjson --by key --fail-on new --limit 1 --offset 50
# Nobody reads the answer; the gate has failed all the same.
{ "$ERRATA" diff --fail-on new old.ndjson new.ndjson || echo $? >&2; } | true
