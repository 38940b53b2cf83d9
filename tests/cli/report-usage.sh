# A report is not for a terminal; what it takes, and what it is made of, is looked at before anything is read.
. "$TOOLS/data.sh"; small
"$TOOLS/on-terminal" 80 24 "$ERRATA" report small.ndjson || echo $?
"$TOOLS/on-terminal" 80 24 "$ERRATA" report -o - small.ndjson || echo $?
refused() { "$ERRATA" report -o x.html "$@" small.ndjson || echo $?; }
refused --limit 5
refused --format json
refused --by key
refused --max-groups 0
refused --where 'kex = A'
refused --old nowhere.errata
refused --old x.html
refused --redact key
"$ERRATA" report -o small.ndjson small.ndjson || echo $?
"$ERRATA" report --old small.ndjson nowhere.ndjson > x || echo $?
"$ERRATA" index --digit-names -o names.errata small.ndjson
refused --old names.errata
ls
