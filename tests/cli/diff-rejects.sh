# A gate that fails comes before rejects, and rejects before success.
. "$TOOLS/data.sh"; sides; mixed
"$ERRATA" diff --keep-going --by key --rejects rejects.ndjson mixed.ndjson old.ndjson || echo $?
"$ERRATA" diff --keep-going --by key --fail-on new mixed.ndjson old.ndjson || echo $?
wc -l < rejects.ndjson
"$ERRATA" diff mixed.ndjson old.ndjson || echo $?
