. "$TOOLS/data.sh"; small
"$ERRATA" group --by key,code,path,pattern,expected,received,message,rule_message,record,collection,app,status,source,fetched_at --format csv small.ndjson
