mkdir in
ln -s nowhere in/link.json
"$ERRATA" in
