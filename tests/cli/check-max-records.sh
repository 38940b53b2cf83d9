# Distinct records; both clauses of one option's kind are clauses of their own.
. "$TOOLS/gate.sh"; runs
check --max-records 5 new.ndjson
check --max-records 4 --max-issues 11 new.ndjson
check --max-records 4x new.ndjson
