"$ERRATA" scan --help
