"$ERRATA" group --where 'kye = CHECK_INCOME'
