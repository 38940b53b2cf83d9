# Characters of two columns, marks and escapes are cut whole, in front and in the middle.
printf '%s\n' '{"status":"FAILED","errors":[{"key":"規則規則規則規則","errors":[{"code":"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301","path":["a\u001b\u001b\u001b","場所場所場所"],"message":"m"}]}]}' > wide.ndjson
for width in 34 35 36 37 38 39 40 41 44 50; do
    COLUMNS=$width "$ERRATA" group wide.ndjson | sed -n 2p
done
