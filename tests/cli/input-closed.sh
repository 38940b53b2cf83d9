"$ERRATA" list <&-
