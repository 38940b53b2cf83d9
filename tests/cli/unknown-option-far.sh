"$ERRATA" group --zzzzzzzz=5
