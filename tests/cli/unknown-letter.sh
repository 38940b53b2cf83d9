"$ERRATA" -x
