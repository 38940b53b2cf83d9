"$ERRATA" list --by key
