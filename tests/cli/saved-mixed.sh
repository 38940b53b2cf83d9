# Indexes and payload, in the order in which they are named: byte for byte what reading them all gives.
. "$TOOLS/data.sh"; small; bare
gzip -c bare.json > bare.json.gz
"$ERRATA" index small.ndjson -o a.errata
"$ERRATA" index bare.json.gz -o b.errata
"$ERRATA" index small.ndjson bare.json.gz small.ndjson -o whole.errata
"$ERRATA" index a.errata b.errata a.errata | cmp - whole.errata
"$ERRATA" index a.errata bare.json.gz a.errata | cmp - whole.errata
"$ERRATA" index small.ndjson b.errata small.ndjson | cmp - whole.errata
cat b.errata | "$ERRATA" index small.ndjson - a.errata | cmp - whole.errata
"$ERRATA" index b.errata a.errata a.errata | cmp -s - whole.errata || echo order counts
"$ERRATA" index a.errata b.errata | "$ERRATA" index - a.errata | cmp - whole.errata
"$ERRATA" index b.errata a.errata -o ba.errata
"$ERRATA" index a.errata ba.errata | cmp - whole.errata
# A join of one is what it was made from.
"$ERRATA" index whole.errata | cmp - whole.errata
"$ERRATA" group --by source a.errata bare.json.gz b.errata
