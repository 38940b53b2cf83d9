"$ERRATA" group --limt 5
