# Rows that --limit leaves out are said: in the format where it has a place, else on standard error.
. "$TOOLS/data.sh"; small
for format in json ndjson csv tsv markdown; do
    echo "$format" >&2
    "$ERRATA" list --limit 2 --format $format small.ndjson > /dev/null
    "$ERRATA" group --by code --limit 1 --format $format small.ndjson > /dev/null
    "$ERRATA" diff --by code --limit 1 --format $format small.ndjson small.ndjson > /dev/null
    "$ERRATA" summary --limit 1 --format $format small.ndjson > /dev/null
    "$ERRATA" list --limit 2000 --format $format small.ndjson > /dev/null
done
