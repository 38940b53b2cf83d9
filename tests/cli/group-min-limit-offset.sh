# --min counts issues; totals are those of the filter, the number of groups leaves out what --min does.
. "$TOOLS/data.sh"; small
"$ERRATA" group --by code --min 2 --format json small.ndjson
"$ERRATA" group --by code --limit 1 --offset 1 --format json small.ndjson
"$ERRATA" group --by code --limit 1 --offset 1 small.ndjson
"$ERRATA" group --by code --offset 9 small.ndjson
