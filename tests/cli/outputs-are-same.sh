# One file by two spellings, there already or not; standard output by its other name.
. "$TOOLS/data.sh"; small
mkdir folder
ln -s folder other
refused() { "$ERRATA" "$@" small.ndjson || echo $?; }
refused -o x --rejects ./x
refused -o folder/x --rejects other/x
touch x
refused -o x --rejects folder/../x
refused --rejects /dev/stdout
refused --rejects out > out || true
cat out
refused --rejects /dev/null > /dev/null
refused -o /dev/null --rejects /dev/null
# Of one name, in two folders.
refused -o folder/y --rejects y
ls folder y
