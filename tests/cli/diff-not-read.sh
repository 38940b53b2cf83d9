# What is gone may just not have been read: which side that was is in the answer itself, also of a saved index.
. "$TOOLS/data.sh"; mixed; sides; : > empty.ndjson
grep -v r-5 mixed.ndjson > cut.ndjson
"$ERRATA" index --keep-going -o cut.errata cut.ndjson 2> /dev/null || echo "exit $?"
ask() { "$ERRATA" diff --keep-going --by key "$@" 2> /dev/null || echo "exit $?"; }
ask old.ndjson cut.ndjson
for format in json markdown junit csv; do ask --format "$format" old.ndjson cut.errata; done
# Sides are listed as people list them.
ask empty.ndjson mixed.ndjson
ask cut.ndjson mixed.ndjson cut.errata empty.ndjson empty.ndjson | tail -n 3
ask --format markdown cut.ndjson old.ndjson cut.errata | tail -n 2
COLUMNS=30 ask cut.ndjson mixed.ndjson cut.errata empty.ndjson | tail -n 5
# And there is always room for them.
echo '{"status"' > reject.ndjson
set -- --format markdown --max-bytes 1000
for tens in 1 2 3 4 5 6 7 8; do set -- "$@" reject.ndjson reject.ndjson reject.ndjson reject.ndjson reject.ndjson reject.ndjson reject.ndjson reject.ndjson; done
"$ERRATA" diff --keep-going "$@" > bound.md 2> /dev/null || echo "exit $?"
test "$(wc -c < bound.md)" -le 1000
tail -n 3 bound.md
