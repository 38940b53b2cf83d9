# Another process is writing the same file: it is told from one that was left behind.
echo before > out.txt
echo left > .rejects.ndjson.tmp
flock .out.txt.tmp "$ERRATA" group -o out.txt "$EXAMPLES/loans.ndjson" || echo $?
rm .out.txt.tmp
"$ERRATA" group -o out.txt --rejects rejects.ndjson "$EXAMPLES/loans.ndjson"
wc -l < rejects.ndjson
head -1 out.txt
ls -A
