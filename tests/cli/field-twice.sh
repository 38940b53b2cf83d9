"$ERRATA" group --by key,code,key
