# Said of each such source, and of no other; standard input is one, too.
. "$TOOLS/data.sh"; small; mixed
printf '{\n"status":"COMPLETED"\n}\n' > pretty.ndjson
: > empty.ndjson
"$ERRATA" --keep-going --framing lines pretty.ndjson small.ndjson - mixed.ndjson empty.ndjson < pretty.ndjson > out || echo $?
"$ERRATA" --keep-going --framing stream pretty.ndjson | head -n 1
