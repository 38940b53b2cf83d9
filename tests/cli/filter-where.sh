. "$TOOLS/data.sh"; small
"$ERRATA" group --by code,message --format csv --where 'code != custom' --where 'message !~ Too' small.ndjson
"$ERRATA" group --by code --format csv --where 'code in ["custom","invalid_type"]' small.ndjson
"$ERRATA" group --by fetched_at --format csv --where 'fetched_at=2026-01-02T03:04:05Z' small.ndjson
