# A byte that changed, a file that was cut off; beside others; also with --keep-going, for no part of it can be trusted.
. "$TOOLS/data.sh"; small
"$ERRATA" index small.ndjson -o good.errata
size=$(wc -c < good.errata)
{ head -c $((size - 100)) good.errata; printf X; tail -c 99 good.errata; } > changed.errata
head -c $((size / 2)) good.errata > half.errata
head -c 8 good.errata > eight.errata
head -c 7 good.errata > seven.errata
try() { "$ERRATA" "$@" || echo $?; }
try group changed.errata
try group half.errata
try group eight.errata
try group seven.errata
try group good.errata changed.errata
try group --keep-going changed.errata good.errata
cat changed.errata | try group
try index changed.errata -o copy.errata
{ cat good.errata; echo; } > longer.errata
try group longer.errata
ls
