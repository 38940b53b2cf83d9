# With an option in front, too.
"$ERRATA" --limit 5 lsit file
