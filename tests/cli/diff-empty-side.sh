# A gate that had nothing to judge passes, and says so.
. "$TOOLS/gate.sh"; runs
: > empty.ndjson
"$ERRATA" index empty.ndjson -o empty.errata
"$ERRATA" diff --fail-on new,grown old.ndjson empty.errata > out.txt
"$ERRATA" diff --format csv empty.ndjson old.ndjson
