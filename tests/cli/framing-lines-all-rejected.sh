printf '{\n"status":"COMPLETED"\n}\n' > pretty.ndjson
"$ERRATA" --keep-going pretty.ndjson || echo $?
"$ERRATA" --framing stream pretty.ndjson
