# Bytes are those of the file.
. "$TOOLS/data.sh"; small
"$ERRATA" index small.ndjson -o a.errata
"$ERRATA" index small.ndjson small.ndjson -o b.errata
stats() { "$ERRATA" index --stats "$@" -o out 2>&1 | sed -E 's/.*"bytes":([0-9]+),("documents":[0-9]+,"rejects":[0-9]+,"issues":[0-9]+),.*/\1 \2/'; }
size() { cat "$@" | wc -c; }
stats a.errata | sed "s/^$(size a.errata) /whole /"
stats a.errata b.errata small.ndjson | sed "s/^$(size a.errata b.errata small.ndjson) /whole /"
