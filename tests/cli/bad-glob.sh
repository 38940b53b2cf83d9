"$ERRATA" list --path 'inc*' missing.json
