"$TOOLS/on-terminal" -i 80 24 "$ERRATA" group
