. "$TOOLS/data.sh"; small
"$ERRATA" --key NOBODY small.ndjson
"$ERRATA" group --key NOBODY small.ndjson
"$ERRATA" list --key NOBODY small.ndjson
