# One line, in the form that editors know; nothing on standard output.
. "$TOOLS/data.sh"; mixed
"$ERRATA" mixed.ndjson
