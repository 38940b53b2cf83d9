# More records in as many issues is wider, too.
. "$TOOLS/gate.sh"
document r-1 KEY custom '["a"]' KEY custom '["a"]' > old.ndjson
{ document r-1 KEY custom '["a"]'; document r-2 KEY custom '["a"]'; } > new.ndjson
"$ERRATA" check --write-baseline known.json old.ndjson
check --baseline known.json new.ndjson
check --write-baseline known.json new.ndjson
