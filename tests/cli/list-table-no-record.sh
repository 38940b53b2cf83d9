. "$TOOLS/data.sh"; bare
"$ERRATA" list bare.json
