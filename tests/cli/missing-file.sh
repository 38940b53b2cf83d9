# All that are missing are named, and nothing is read or written.
. "$TOOLS/data.sh"; small
"$ERRATA" small.ndjson missing.json also/missing.json
