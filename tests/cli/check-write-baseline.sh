# An existing one is widened with --accept-new only, and else untouched; it may always shrink.
. "$TOOLS/gate.sh"; runs
"$ERRATA" check --write-baseline known.json old.ndjson
cp known.json before.json
check --write-baseline known.json new.ndjson
cmp known.json before.json
check --write-baseline known.json --format json new.ndjson
check --write-baseline known.json --accept-new new.ndjson
cat known.json
head -n 2 new.ndjson > less.ndjson
check --write-baseline known.json less.ndjson
cat known.json
ls -A
