# Written all the same, and said; without --keep-going nothing is.
. "$TOOLS/data.sh"; mixed
"$ERRATA" index --keep-going mixed.ndjson -o mixed.errata || echo $?
"$ERRATA" index mixed.ndjson -o none.errata || echo $?
"$ERRATA" index mixed.ndjson > none || echo $?
wc -c < none
ls
