# Marks upon marks would paint over other lines.
{ printf '{"status":"FAILED","errors":[{"message":"m","errors":[{"code":"a'; for i in $(seq 20); do printf '\314\201'; done; printf '"}],"key":"K"}]}\n'; } > marks.json
"$ERRATA" group --by code marks.json
