# TAB, line ends and backslashes within values are escapes; absent is \N, empty is nothing, quotes mean nothing.
cat > in.ndjson <<'END'
{"record_id":"r","status":"FAILED","errors":[{"key":"K","message":"","errors":[{"code":"a\tb","received":"x\ny\r\\z","path":["\"q\""],"message":"\u001b[31m, \"quoted\""}]}]}
END
"$ERRATA" list --format tsv in.ndjson
"$ERRATA" group --by code,expected --format tsv in.ndjson
"$ERRATA" summary --format tsv in.ndjson
"$ERRATA" diff --by code --format tsv in.ndjson in.ndjson
