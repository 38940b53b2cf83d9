. "$TOOLS/data.sh"; hostile
"$ERRATA" hostile.ndjson
"$ERRATA" list hostile.ndjson
"$TOOLS/on-terminal" 200 24 "$ERRATA" group --color never --by record,status,key,code,path,message,expected,received hostile.ndjson
