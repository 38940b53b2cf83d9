# Whatever can be read can be a side: folders, saved indexes, standard input.
. "$TOOLS/data.sh"; sides
mkdir run; cp new.ndjson run/a.ndjson; cp old.ndjson run/b.ndjson
"$ERRATA" index old.ndjson -o old.errata
"$ERRATA" diff --by key old.errata run
"$ERRATA" diff --by key old.errata - < new.ndjson
"$ERRATA" diff old.ndjson || echo $?
"$ERRATA" diff < new.ndjson || echo $?
"$ERRATA" diff - - < new.ndjson || echo $?
"$ERRATA" diff $(yes old.ndjson | head -n 65) || echo $?
"$ERRATA" diff --by key --format csv $(yes old.ndjson | head -n 64) | cut -d, -f 1,2,66,67,130,131
