# Known by the first bytes, not by the name; in folders too, in the order of names, where what -o leaves
# half-written is hidden.
. "$TOOLS/data.sh"; small; bare
mkdir folder folder/c.errata
"$ERRATA" index small.ndjson -o folder/a.json
"$ERRATA" index bare.json -o folder/c.errata/x.ndjson
cp bare.json folder/b.errata
head -c 100 folder/a.json > folder/.a.json.tmp
"$ERRATA" group --by source --sort name folder
"$ERRATA" group --by source folder/a.json
# A folder by such a name may be empty; a file that is empty holds nothing.
mkdir empty.errata
: > nothing.errata
"$ERRATA" index empty.errata nothing.errata | "$ERRATA" group
