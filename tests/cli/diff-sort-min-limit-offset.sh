# Without what is the same, in tables; with it for programs.
. "$TOOLS/data.sh"; sides
"$ERRATA" diff --by key,code --sort records --limit 2 old.ndjson new.ndjson
"$ERRATA" diff --by key,code --sort name --offset 1 --limit 1 old.ndjson new.ndjson
"$ERRATA" diff --by key,code --sort name --offset 1 --limit 3 --format csv old.ndjson new.ndjson
"$ERRATA" diff --by key,code --min 2 old.ndjson new.ndjson
