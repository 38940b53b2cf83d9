# Titles stay whole, bars go first; with --limit 0 no status and no deviation is left out.
for width in 20 28 35 50; do
    "$TOOLS/on-terminal" $width 24 "$ERRATA" --color never --limit 2 "$EXAMPLES/loans.ndjson"
done
for width in 20 40 80; do
    COLUMNS=$width "$ERRATA" --limit 0 "$EXAMPLES/loans.ndjson" > out
    sed '/^$/q' out
done
