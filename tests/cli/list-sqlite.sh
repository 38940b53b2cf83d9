# A database needs a file. What is in it is for tests/sqlite to say.
. "$TOOLS/data.sh"; small
"$ERRATA" list --format sqlite -o run.db small.ndjson 2>no || { grep -q "without SQLite" no && exit 77; }
cat no; rm no
head -c 15 run.db && echo
"$ERRATA" list --format sqlite small.ndjson || echo $?
"$ERRATA" list --format sqlite -o - small.ndjson || echo $?
"$ERRATA" list --format sqlite -o /dev/full small.ndjson || echo $?
echo precious >log
"$ERRATA" list --format sqlite -o /dev/stdout small.ndjson >>log || echo $?
"$ERRATA" list --format sqlite -o /dev/fd/3 small.ndjson 3>>log || echo $?
cat log
mkdir folder
for format in sqlite json; do
    "$ERRATA" list --format $format -o folder small.ndjson || echo $?
done
"$ERRATA" list --format sqlite -o nowhere/run.db small.ndjson || echo $?
"$ERRATA" list --format sqlite -o empty.db --key NOTHING small.ndjson || echo $?
ls -A
