echo '{"status":"FAILED AND MORE"}' > long.json
"$ERRATA" --max-token 10 long.json
