# Kept, said, listed (without their text) and an exit status, whatever is asked and however often it is joined.
. "$TOOLS/data.sh"; mixed; small
"$ERRATA" index --keep-going mixed.ndjson -o mixed.errata 2> said || echo $?
"$ERRATA" group mixed.errata 2> again || echo $?
cmp said again
"$ERRATA" list --limit 1 --rejects rejects.ndjson small.ndjson mixed.errata || echo $?
cat rejects.ndjson
"$ERRATA" index mixed.errata mixed.errata -o twice.errata || echo $?
"$ERRATA" summary --key none twice.errata | grep rejects
# Fresh ones beside them, in order.
"$ERRATA" --rejects rejects.ndjson mixed.errata mixed.ndjson mixed.errata > none 2> none || echo $?
cut -d, -f 2,7 rejects.ndjson
# What ends a fresh run does so beside an index, too.
"$ERRATA" mixed.errata mixed.ndjson || echo $?
