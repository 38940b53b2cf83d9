echo '{"status":"FAILED"}' > long.json
"$ERRATA" --max-document 0010 long.json
