# As group-not-read.sh; an array and rows alone have no place for it.
. "$TOOLS/data.sh"; mixed; : > empty.ndjson
ask() { for input in mixed empty; do "$ERRATA" list --keep-going --limit 1 --where 'message = last' "$@" "$input.ndjson" 2> /dev/null || echo "exit $?"; done; }
ask
ask --format markdown
ask --format json
