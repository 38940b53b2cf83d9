for i in 1 2 3 4 5; do echo '{"status":5}'; done > bad.ndjson
"$ERRATA" --keep-going bad.ndjson
