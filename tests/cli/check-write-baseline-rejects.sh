# What could not be read would be missing from the baseline, so there is none, and the one that is there stays.
. "$TOOLS/gate.sh"; runs
{ cat new.ndjson; echo '{"status":4}'; } > more.ndjson
check --write-baseline known.json old.ndjson
check --keep-going --write-baseline fresh.json more.ndjson
check --keep-going --write-baseline known.json --accept-new --max-issues 1000 more.ndjson
"$ERRATA" index --keep-going -o more.errata more.ndjson || echo $?
check --write-baseline fresh.json more.errata
grep -c issues known.json
ls
