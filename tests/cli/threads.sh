# On several threads as on one: the index, the rejects, and where the first trouble is.
awk 'BEGIN { for (i = 0; i < 40000; i++)
    printf "{\"record_id\":\"r%d\",\"status\":\"FAILED\",\"errors\":[{\"errors\":[{\"path\":[\"a\",%d]}],\"key\":\"K%d\"}]}\n%s",
        i % 9000, i, i % 7, i % 10000 == 8000 ? "oops " i "\n" : "" }' > big.ndjson
for n in 1 2 5; do
    "$ERRATA" index --threads $n --rejects rejects.$n -o index.$n big.ndjson 2>messages.$n || echo "exit $?"
    "$ERRATA" list --threads $n big.ndjson 2>&1 || echo "exit $?"
done
cmp index.1 index.2
cmp index.1 index.5
cmp rejects.1 rejects.2
cmp rejects.1 rejects.5
cat rejects.5
"$ERRATA" --threads 0 big.ndjson 2>&1 || echo "exit $?"
"$ERRATA" --threads 257 big.ndjson 2>&1 || echo "exit $?"
