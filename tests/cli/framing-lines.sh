. "$TOOLS/data.sh"; mixed
mv mixed.ndjson mixed.txt
"$ERRATA" list --framing lines --keep-going --format csv mixed.txt || echo $?
