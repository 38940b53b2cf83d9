. "$TOOLS/data.sh"; small
"$TOOLS/on-terminal" 80 24 "$ERRATA" index small.ndjson || echo $?
"$TOOLS/on-terminal" 80 24 "$ERRATA" index -o - small.ndjson || echo $?
"$TOOLS/on-terminal" 80 24 "$ERRATA" index -o small.errata small.ndjson
ls
