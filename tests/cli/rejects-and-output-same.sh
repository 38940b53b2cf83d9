"$ERRATA" --rejects x -o x missing.json
