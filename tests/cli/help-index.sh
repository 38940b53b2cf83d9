"$ERRATA" index --help
