# The copy has no room: the machine failed, and says where.
. "$TOOLS/data.sh"; small
for i in $(seq 20); do cat small.ndjson; done | "$ERRATA" index - -o run.errata
mkdir room
export TMPDIR=room
cat run.errata | { ulimit -f 1; "$ERRATA" group || echo $?; }
TMPDIR=none "$ERRATA" group < run.errata > mapped
cat run.errata | TMPDIR=none "$ERRATA" group || echo $?
ls -A room
