"$ERRATA" --help list
