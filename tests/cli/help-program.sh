"$ERRATA" --help
