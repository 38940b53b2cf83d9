# Deviations that were let pass cannot become rejects any more.
. "$TOOLS/data.sh"; small
"$ERRATA" index small.ndjson -o small.errata
try() { "$ERRATA" "$@" || echo $?; }
try group --strict --by key small.errata
try group --strict --by key small.errata small.errata
# One that has none is as good as if it had been read strictly.
printf '{"record_id":"r","status":"COMPLETED"}\n' > good.ndjson
"$ERRATA" index good.ndjson -o good.errata
try summary --strict good.errata
"$ERRATA" index --strict good.ndjson -o strict.errata
try summary --strict strict.errata good.errata good.ndjson
