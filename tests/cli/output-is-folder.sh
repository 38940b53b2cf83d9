. "$TOOLS/data.sh"; small
mkdir out
"$ERRATA" group -o out small.ndjson
