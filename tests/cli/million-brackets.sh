{ printf '{"status":"FAILED","x":'; head -c 3000000 /dev/zero | tr '\0' '['; } > brackets.json
"$ERRATA" brackets.json
