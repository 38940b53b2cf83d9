# At most so many bytes, whole rows, and what was left out.
"$ERRATA" group --format markdown --max-bytes 1000 "$EXAMPLES/loans.ndjson"
"$ERRATA" list --format markdown --max-bytes 2K "$EXAMPLES/loans.ndjson" | wc -c
"$ERRATA" list --format markdown --limit 1 --offset 7 "$EXAMPLES/loans.ndjson"
"$ERRATA" list --format markdown --key NONE "$EXAMPLES/loans.ndjson"
cd "$EXAMPLES"
"$ERRATA" diff --by code --format markdown --limit 2 loans-old.ndjson loans.ndjson
! "$ERRATA" group --format csv --max-bytes 2000
"$ERRATA" group --format markdown --max-bytes 999
