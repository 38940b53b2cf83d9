# What fetch and scan do not take, or not with this view, is told by errata itself.
for words in "scan --framing lines" "scan --no-verify" "scan --view list --by key" "scan --offset 1" "scan --safe-cells" \
    "fetch --archive a.ndjson r-1" "fetch --view list --sort name r-1" "scan --view tree" "scan --jobs 0" "scan --jobs 999" \
    "scan --wait" "list --collection c" "summary --status A --tag x" "scan --colection c"; do
    "$ERRATA" $words || echo "$?"
done
