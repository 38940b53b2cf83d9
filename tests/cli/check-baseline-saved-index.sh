# A saved index gives what its payload gives.
. "$TOOLS/gate.sh"; runs
"$ERRATA" index -o new.errata new.ndjson
"$ERRATA" check --write-baseline a.json new.ndjson
"$ERRATA" check --write-baseline b.json new.errata
cmp a.json b.json
"$ERRATA" check --baseline a.json new.errata
