echo '{"status":"FAILED","x":[[[]]]}' > deep.json
"$ERRATA" --max-depth 3 deep.json
