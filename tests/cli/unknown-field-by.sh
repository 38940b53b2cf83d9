"$ERRATA" group --by key,patern
