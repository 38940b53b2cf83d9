# What is there and is no baseline is not replaced.
. "$TOOLS/gate.sh"; runs
cp old.ndjson notes.txt
check --write-baseline notes.txt new.ndjson
cmp old.ndjson notes.txt
check --write-baseline missing/known.json new.ndjson
