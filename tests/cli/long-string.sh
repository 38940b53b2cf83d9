{ printf '{"status":"'; head -c 16000000 /dev/zero | tr '\0' 'x'; printf '"}\n'; } > long.json
"$ERRATA" long.json
