# A file is mapped, wherever the shell got it from; what a pipe brings is copied to a file without a name first.
. "$TOOLS/data.sh"; small
"$ERRATA" index small.ndjson -o run.errata
export TMPDIR="$PWD/temporary"
mkdir temporary
"$ERRATA" group --by key - < run.errata
TMPDIR=none "$ERRATA" group --by key < run.errata | tail -n 1
cat run.errata | "$ERRATA" group --by key | tail -n 1
cat run.errata | "$ERRATA" list --key CHECK_NAME /dev/stdin --format csv
mkfifo pipe
cat run.errata > pipe &
"$ERRATA" group --by key pipe | tail -n 1
# Not from its beginning: what is left is what counts.
{ echo before; cat run.errata; } > behind
{ read -r line; "$ERRATA" group --by key -; } < behind | tail -n 1
ls -A temporary
