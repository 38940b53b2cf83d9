"$ERRATA" --rejects - missing.json
