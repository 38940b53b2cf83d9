mkdir in
"$ERRATA" in
