"$ERRATA" check --help
