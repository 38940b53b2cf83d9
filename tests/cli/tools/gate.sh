# Two runs to compare, made in the current folder. Sourced by the cases of errata check.

# document RECORD [KEY CODE PATH]...: a line with an issue for each three
document() {
    printf '{"record_id":"%s","status":"FAILED","errors":[' "$1"
    shift
    comma=
    while [ $# -gt 0 ]; do
        printf '%s{"message":"Wrong","errors":[{"code":"%s","message":"No","path":%s}],"key":"%s"}' "$comma" "$2" "$3" "$1"
        comma=,
        shift 3
    done
    printf ']}\n'
}

# From old to new: KEEP stays, GROW has 3 issues and 1 record more, FRESH (3 issues, 2 records) and OTHER (1 issue of one
# of these records) come, GONE goes.
runs() {
    {
        document r-1 KEEP custom '["a"]' KEEP custom '["a"]' GROW too_small '["b",0]'
        document r-2 KEEP custom '["a"]'
        document r-3 GONE custom '["x"]'
    } > old.ndjson
    {
        document r-1 KEEP custom '["a"]' KEEP custom '["a"]' \
            GROW too_small '["b",0]' GROW too_small '["b",1]' GROW too_small '["b",2]'
        document r-2 KEEP custom '["a"]'
        document r-4 GROW too_small '["b",7]'
        document r-5 FRESH invalid_type '["y"]' FRESH invalid_type '["y"]' OTHER custom '["z"]'
        document r-6 FRESH invalid_type '["y"]'
        echo '{"record_id":"r-7","status":"COMPLETED"}'
    } > new.ndjson
}

# Runs it and tells with what it ended.
check() {
    status=0
    "$ERRATA" check "$@" || status=$?
    echo "exit $status"
}
