# Before anything is read.
try() { "$ERRATA" diff "$@" missing.ndjson missing.ndjson || echo $?; }
try --fail-on grwon
try --fail-on new,
try --fail-on new,worse
try --fail-on same
try --fail-on ''
"$ERRATA" group --fail-on new missing.ndjson || echo $?
