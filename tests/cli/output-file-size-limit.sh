# The shell's limit on the size of files: a message, and nothing left behind.
. "$TOOLS/data.sh"; small
ulimit -f 1
for i in 1 2 3 4; do
    "$ERRATA" list --format json -o out.json small.ndjson small.ndjson small.ndjson || echo $?
    break
done
ls -A
