# What was there stays when the run fails, and nothing else remains.
. "$TOOLS/data.sh"; mixed
echo before > out.txt
"$ERRATA" group -o out.txt mixed.ndjson || echo $?
cat out.txt
ls -A
