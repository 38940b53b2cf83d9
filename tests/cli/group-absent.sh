. "$TOOLS/data.sh"; bare
"$ERRATA" group --by key,code,message bare.json
"$ERRATA" group --by key,code,message --format ndjson bare.json
"$ERRATA" group --by key,code,message --format csv bare.json
