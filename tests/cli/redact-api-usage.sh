# Both commands that ask the API take fields to redact, but not where the values themselves are kept or written.
[ -x "$ERRATA-http" ] || exit 77
"$ERRATA" fetch --redact code --collection loans r-1 || echo "$?"
"$ERRATA" fetch --redact record --raw --collection loans r-1 || echo "$?"
"$ERRATA" scan --redact record -o run.errata --collection loans || echo "$?"
