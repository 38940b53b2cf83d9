# A first word that is an existing file is that file.
. "$TOOLS/data.sh"; small
mv small.ndjson payload
"$ERRATA" payload | head -1
