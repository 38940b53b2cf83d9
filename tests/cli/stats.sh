. "$TOOLS/data.sh"; small
"$ERRATA" group --by key --limit 1 --stats small.ndjson 2> stats
sed -E 's/"(seconds|mb_per_s|arena_bytes)":[0-9.]+/"\1":N/g' stats
