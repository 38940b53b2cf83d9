"$ERRATA" "$(printf 'a\033[2J\n.json')"
