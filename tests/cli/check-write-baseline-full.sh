# A disk that is full: 6, and the verdict is there all the same.
. "$TOOLS/gate.sh"; runs
[ -c /dev/full ] || { echo "there is no /dev/full" >&2; exit 77; }
check --write-baseline /dev/full --max-issues 1 old.ndjson
