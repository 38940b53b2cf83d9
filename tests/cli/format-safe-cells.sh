# Cells that a spreadsheet would run begin with an apostrophe; numbers of errata's own are left alone.
cat > in.ndjson <<'END'
{"record_id":"=r","status":"FAILED","errors":[{"key":"@K","errors":[{"code":"+1","path":["a"],"message":"\"=HYPERLINK(\"http://x\",\"y\")"},{"code":"-1","message":"a=1"},{"code":"\tx","message":""}]}]}
END
"$ERRATA" group --by key,code,message --sort name --safe-cells --format csv in.ndjson
"$ERRATA" group --by key,code,message --sort name --safe-cells --format tsv in.ndjson
! "$ERRATA" group --safe-cells --format json in.ndjson
"$ERRATA" group --safe-cells in.ndjson
