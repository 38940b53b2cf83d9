# What could not be read is in the answer itself, wherever it goes; of an input of nothing, that there was nothing.
. "$TOOLS/data.sh"; mixed; : > empty.ndjson
ask() { for input in mixed empty; do "$ERRATA" group --keep-going --by key "$@" "$input.ndjson" 2> /dev/null || echo "exit $?"; done; }
ask
COLUMNS=20 ask
for format in json ndjson csv markdown junit; do ask --format "$format"; done
ask --format sarif | grep -o '"results":.*' | sed 's/:\[{"ruleId".*}\],"inv/: ...,"inv/'
