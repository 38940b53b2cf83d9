# Not a stretch of payload that is no JSON, but what it is and what to do.
. "$TOOLS/data.sh"; small
"$ERRATA" index small.ndjson -o run.errata
gzip -k run.errata
"$TOOLS/zstd-stored" < run.errata > run.errata.zst
"$ERRATA" group run.errata.gz || echo $?
"$ERRATA" group run.errata.zst small.ndjson || echo $?
"$ERRATA" group --keep-going --by key run.errata.gz small.ndjson || echo $?
gzip -dc run.errata.gz | "$ERRATA" group --by key -
