# What people name instead of a baseline or a policy, and what git leaves in one.
. "$TOOLS/gate.sh"; runs
"$ERRATA" index old.ndjson -o old.errata
check --baseline old.errata new.ndjson
check --policy old.errata new.ndjson
check --write-baseline old.errata new.ndjson
check --write-baseline known.json old.ndjson
sed 's/^{"key":"GONE.*/<<<<<<< ours\n&\n=======\n>>>>>>> theirs/' known.json > merged.json
check --baseline merged.json new.ndjson
sed 's/^{"key":"GONE.*/&\n=======\n>>>>>>> theirs/' known.json > half.json
check --baseline half.json new.ndjson
check --write-baseline known.json --by key old.ndjson
check --baseline known.json --write-baseline known.json --key GROW old.ndjson
check --max-records '' new.ndjson
