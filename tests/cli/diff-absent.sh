# A missing value is found again as a missing one, an empty one as an empty one.
. "$TOOLS/data.sh"
printf '%s\n' '{"record_id":"r","status":"FAILED","errors":[{"message":"m","key":"K","errors":[{"code":"c"},{"message":""},{"message":""}]}]}' > a.ndjson
printf '%s\n' '{"record_id":"r","status":"FAILED","errors":[{"message":"m","key":"K","errors":[{"code":"c","message":""},{"message":""}]}]}' > b.ndjson
"$ERRATA" diff --by code,message a.ndjson b.ndjson
"$ERRATA" diff --by code,message --format ndjson a.ndjson b.ndjson
