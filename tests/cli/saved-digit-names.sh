# Saved indexes bring their setting; what is read otherwise does not go with them.
printf '{"status":"FAILED","errors":[{"key":"K","message":"m","errors":[{"code":"c","expected":"e","received":"r","message":"m","path":["a","1"]}]}]}\n' > x.ndjson
"$ERRATA" index x.ndjson -o positions.errata
"$ERRATA" index --digit-names x.ndjson -o names.errata
try() { "$ERRATA" group --by pattern --format csv "$@" || echo $?; }
try positions.errata
try names.errata
try --digit-names names.errata
try names.errata names.errata
try --digit-names names.errata x.ndjson
try positions.errata x.ndjson
try --digit-names positions.errata
try --digit-names x.ndjson positions.errata
try names.errata positions.errata
try positions.errata names.errata
try names.errata x.ndjson
try x.ndjson names.errata
