# What the groups are sorted by, as bars, where there is room beside the values; for eyes alone.
group() { "$ERRATA" group --color never "$@" "$EXAMPLES/loans.ndjson"; }
on() { width=$1; shift; "$TOOLS/on-terminal" $width 40 "$ERRATA" group --color never "$@" "$EXAMPLES/loans.ndjson"; }
on 80 --by key --limit 4
on 80 --by key --limit 4 --sort records
on 45 --by key --limit 4
on 40 --by key --limit 4
on 80 --limit 3
COLUMNS=80 group --by key --limit 2
