# With a line left for the prompt; with rejects, too.
cd "$EXAMPLES"
"$ERRATA" loans.ndjson > "$HOME/out"
"$TOOLS/on-terminal" 80 24 "$ERRATA" loans.ndjson >> "$HOME/out"
wc -l < "$HOME/out"
"$ERRATA" --rejects /dev/null damaged.ndjson 2> /dev/null | wc -l
"$TOOLS/on-terminal" 60 50 "$ERRATA" loans.ndjson
