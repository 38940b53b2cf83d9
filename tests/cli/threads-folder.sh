# Many small files, a saved index and a pipe's worth among them: as on one thread, with the same messages.
mkdir folder
awk 'BEGIN { for (i = 0; i < 400; i++) {
    name = sprintf("folder/%03d.ndjson", i)
    if (i % 150 == 70) { print "oops\noops" > name; close(name); continue }
    for (n = 0; n < i % 5; n++)
        printf "{\"record_id\":\"r%d\",\"status\":\"FAILED\",\"errors\":[{\"errors\":[{\"path\":[\"a\",%d]}],\"key\":\"K%d\"}]}\n", i % 90, i, n > name
    if (i % 40 == 9) print "{]" > name
    printf "" > name
    close(name) } }'
"$ERRATA" index -o folder/200.errata folder/103.ndjson
for n in 1 2 5; do
    "$ERRATA" index --threads $n --rejects rejects.$n -o index.$n folder - <folder/104.ndjson 2>messages.$n || echo "exit $?"
    "$ERRATA" list --threads $n folder 2>&1 || echo "exit $?"
done
for n in 2 5; do
    cmp index.1 index.$n
    cmp rejects.1 rejects.$n
    sed "s/rejects.$n/rejects.1/" messages.$n | cmp messages.1 -
done
cat messages.5
