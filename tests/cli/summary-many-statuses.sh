for i in $(seq 40); do echo '{"status":"S'$i'"}'; done > many.ndjson
"$ERRATA" many.ndjson
COLUMNS=40 "$ERRATA" many.ndjson
