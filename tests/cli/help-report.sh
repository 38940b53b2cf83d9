"$ERRATA" report --help
