printf '{"status":"FAILED","errors":[{"message":"m","errors":[{"message":"%s"}]}]}\n' \
    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! > a.json
"$ERRATA" list --grep '(a+)+$' a.json
