# Deviations and rejects are of all input whatever the filter, and that is said.
. "$TOOLS/data.sh"; small; mixed
for width in 80 25; do
    COLUMNS=$width "$ERRATA" --rejects /dev/null --record r-5 small.ndjson mixed.ndjson 2> /dev/null > out || echo $?
    sed '/^$/q' out
done
