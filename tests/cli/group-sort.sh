. "$TOOLS/data.sh"; small
for order in issues records name; do
    "$ERRATA" group --by code --sort $order --format csv small.ndjson
done
