"$ERRATA" summary --format csv
