# Found out before the input, of which there is none.
"$ERRATA" list --grep '(' missing.json
