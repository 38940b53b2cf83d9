# The change is from the first to the last; what was only in between is gone.
. "$TOOLS/data.sh"; sides; small
"$ERRATA" diff old.ndjson small.ndjson new.ndjson
