# Names of inputs are shown with escapes, in sentences as well, and are UTF-8 in JSON.
. "$TOOLS/data.sh"; hostile; bare
name=$(printf 'a\033[31m\377')
cp bare.json "$name.json"; cp hostile.ndjson "$name.ndjson"
"$ERRATA" diff "$name.json" "$name.ndjson"
"$ERRATA" diff --format json "$name.json" "$name.ndjson"
