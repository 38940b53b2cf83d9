"$ERRATA" summary --help
