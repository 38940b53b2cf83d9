# Documents that name no record cannot be found again: all of these would seem added and removed.
. "$TOOLS/data.sh"; sides; bare
"$ERRATA" diff --by code bare.json new.ndjson
"$ERRATA" diff --by code bare.json new.ndjson bare.json
printf '{"status":"FAILED","errors":[{"message":"m","errors":[{"code":"c"}]}]}' > one.json
"$ERRATA" diff --by code --format json one.json new.ndjson
"$ERRATA" diff --by code one.json new.ndjson
