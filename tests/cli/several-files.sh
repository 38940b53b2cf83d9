# A summary is over all of them; r-1 is one record, however many files it is in.
. "$TOOLS/data.sh"; small; bare
cp small.ndjson again.ndjson
"$ERRATA" small.ndjson again.ndjson bare.json
