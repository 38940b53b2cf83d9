# However few lines there are: the fewest rows, and never more than on more lines.
for lines in 1 2 5 6 7 16 24; do
    LINES=$lines "$ERRATA" "$EXAMPLES/loans.ndjson" | wc -l
done
