# Who wrote it, and what to do.
. "$TOOLS/data.sh"; small
"$ERRATA" index small.ndjson -o good.errata
{ head -c 8 good.errata; printf '\377'; tail -c +10 good.errata; } > later.errata
{ head -c 12 good.errata; printf '\012\013\014\015'; tail -c +17 good.errata; } > turned.errata
try() { { "$ERRATA" "$@" 2>&1 || echo $?; } | sed 's/errata [0-9.]*[0-9]/errata N/g'; }
try group later.errata
try group good.errata turned.errata
