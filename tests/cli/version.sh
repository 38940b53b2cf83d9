"$ERRATA" --version
"$ERRATA" -V list
