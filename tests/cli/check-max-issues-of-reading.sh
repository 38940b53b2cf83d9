# A clause for check, wherever it stands; for the other commands the limit of reading, of 1 at least.
. "$TOOLS/gate.sh"; runs
"$ERRATA" --max-issues 11 check new.ndjson
"$ERRATA" summary --max-issues 10 new.ndjson && exit 9
"$ERRATA" summary --max-issues 0 new.ndjson
