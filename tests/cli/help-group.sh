"$ERRATA" group -h
