# What could not be read: 4 at best, also when it is in an index; 1 when a clause failed; 3 without --keep-going.
. "$TOOLS/data.sh"; mixed
. "$TOOLS/gate.sh"
check --max-issues 2 mixed.ndjson
check --max-issues 2 --keep-going mixed.ndjson
check --max-issues 1 --keep-going mixed.ndjson
"$ERRATA" index --keep-going -o mixed.errata mixed.ndjson 2> /dev/null || :
check --max-issues 2 mixed.errata 2> /dev/null
check --max-issues 2 --format json mixed.errata 2> /dev/null
