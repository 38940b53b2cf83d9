# To a file or to standard output, the same bytes, silently; rejects are told, also those of the older side.
. "$TOOLS/data.sh"; small; mixed
"$ERRATA" report -o one.html small.ndjson
"$ERRATA" report small.ndjson > other.html
cmp one.html other.html
"$ERRATA" report < small.ndjson | grep -o '"inputs":[^]]*]'
"$TOOLS/on-terminal" 80 24 "$ERRATA" report -o terminal.html small.ndjson
cmp one.html terminal.html
"$ERRATA" report --keep-going -o mixed.html mixed.ndjson || echo $?
"$ERRATA" report --keep-going --old mixed.ndjson -o old.html small.ndjson || echo $?
grep -o '"groups":{"new[^}]*}' old.html
"$ERRATA" report --key CHECK_NAME --where 'code = custom' small.ndjson | grep -o '"asked":[^]]*]'
ls
