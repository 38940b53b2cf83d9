. "$TOOLS/data.sh"; small
printf '{"status":"FAI' >> small.ndjson
"$ERRATA" list --keep-going --limit 1 small.ndjson
