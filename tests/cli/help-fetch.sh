"$ERRATA" fetch --help
