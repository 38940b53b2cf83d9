# 200 bytes, not in the middle of a character; what is no UTF-8 becomes U+FFFD.
{ printf 'x\377\033'; for i in $(seq 100); do printf '\303\244'; done; echo; } > bad.ndjson
"$ERRATA" list --format csv --rejects rejects.ndjson bad.ndjson || echo $?
cat rejects.ndjson
