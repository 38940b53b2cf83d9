. "$TOOLS/data.sh"; small
for width in 60 40 12; do
    "$TOOLS/on-terminal" $width 24 "$ERRATA" group --color never small.ndjson
done
"$TOOLS/on-terminal" 50 24 "$ERRATA" list --color never small.ndjson
