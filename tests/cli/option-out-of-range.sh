"$ERRATA" --max-token 2G || echo $?
"$ERRATA" --max-depth 0 || echo $?
"$ERRATA" --max-depth 100001 || echo $?
"$ERRATA" --max-issues 4294967295 || echo $?
