"$ERRATA" frobnicate < /dev/null
