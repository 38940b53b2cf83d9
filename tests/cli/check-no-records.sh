# Nothing in the input: nothing is above any limit, and it is said.
: > empty.ndjson
"$ERRATA" check --max-records 0% --max-issues 0 empty.ndjson
