. "$TOOLS/data.sh"; small
"$ERRATA" list --format csv --path 'borrowers[*].income' small.ndjson | cut -d, -f9
"$ERRATA" list --format csv --path 'borrowers[17].income' --path name small.ndjson | cut -d, -f9
"$ERRATA" list --format csv --path '(root)' small.ndjson | cut -d, -f9
