"$ERRATA" sumary < /dev/null
