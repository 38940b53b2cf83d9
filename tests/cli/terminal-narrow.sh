. "$TOOLS/data.sh"; small
# In less than 20 columns there would be nothing to read: lines are as for 20 then.
for width in 60 40 20 12 1; do
    "$TOOLS/on-terminal" $width 24 "$ERRATA" group --color never small.ndjson
done
"$TOOLS/on-terminal" 50 24 "$ERRATA" list --color never small.ndjson
