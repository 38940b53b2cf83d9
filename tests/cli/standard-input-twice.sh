"$ERRATA" - - < /dev/null
