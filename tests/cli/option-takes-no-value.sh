"$ERRATA" group --strict=yes
