. "$TOOLS/data.sh"; small
mv small.ndjson group
"$ERRATA" group ./group
"$ERRATA" -- group | head -1
"$ERRATA" group -- group | tail -1
