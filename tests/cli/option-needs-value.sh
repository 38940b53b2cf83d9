"$ERRATA" group --limit
