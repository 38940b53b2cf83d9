# Paths in which digits are names do not compare with those in which they are positions.
printf '{"record_id":"r","status":"FAILED","errors":[{"key":"K","message":"m","errors":[{"code":"c","expected":"e","received":"r","message":"m","path":["a","1"]}]}]}\n' > x.ndjson
"$ERRATA" index x.ndjson -o positions.errata
"$ERRATA" index --digit-names x.ndjson -o names.errata
try() { "$ERRATA" diff --by pattern --format csv "$@" || echo $?; }
try names.errata names.errata
try positions.errata x.ndjson
try --digit-names names.errata x.ndjson
try names.errata positions.errata
try positions.errata x.ndjson names.errata
