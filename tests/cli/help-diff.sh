"$ERRATA" diff --help
