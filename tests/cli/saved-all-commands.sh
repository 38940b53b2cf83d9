# Every command gives the same from an index as from what it was made of.
. "$TOOLS/data.sh"; small
"$ERRATA" index small.ndjson -o run
same() { "$ERRATA" "$@" small.ndjson > one; "$ERRATA" "$@" run > other; cmp one other; }
same summary
same summary --format json --limit 1
same group --by key,pattern,record,expected --sort records
same group --grep small --format csv
same list
same list --path 'borrowers[17].**' --format json
same list --where 'fetched_at ~ ^2026' --format ndjson
"$ERRATA" run | head -n 3
