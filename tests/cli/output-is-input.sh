# Nothing is read and nothing is written, however the file is spelled.
. "$TOOLS/data.sh"; mixed; small
mkdir folder
cp mixed.ndjson folder/inner.ndjson
ln -s mixed.ndjson link
ln mixed.ndjson hard
cksum ./*.ndjson folder/* > before
refused() { "$ERRATA" "$@" || echo $?; }
refused --rejects mixed.ndjson mixed.ndjson
refused -o mixed.ndjson ./mixed.ndjson
refused -o mixed.ndjson small.ndjson mixed.ndjson
refused --rejects folder/inner.ndjson folder
refused -o link mixed.ndjson
refused -o mixed.ndjson link
refused --rejects hard mixed.ndjson
refused -o mixed.ndjson < mixed.ndjson
cksum ./*.ndjson folder/* | cmp - before
# What replaces nothing may be both.
refused -o /dev/null /dev/null
