. "$TOOLS/data.sh"; small
"$ERRATA" group --by key --format csv --key CHECK_NAME small.ndjson
"$ERRATA" group --by key --format csv --key CHECK_NAME --key CHECK_INCOME small.ndjson
"$ERRATA" group --by key,code --format csv --key CHECK_NAME --key CHECK_INCOME --code custom small.ndjson
