# Without the checksums a changed text is not noticed; with them, it is. Bounds are looked at in any case.
. "$TOOLS/data.sh"; small
"$ERRATA" index small.ndjson -o run.errata
"$ERRATA" group --no-verify --by key run.errata
LC_ALL=C sed 's/CHECK_NAME/CHECK_FAME/' run.errata > changed.errata
"$ERRATA" group --no-verify --by key changed.errata | tail -n 1
"$ERRATA" group --by key changed.errata || echo $?
"$ERRATA" index --no-verify run.errata run.errata | "$ERRATA" group --by key --no-verify | tail -n 1
head -c 2000 run.errata > half.errata
"$ERRATA" group --no-verify half.errata || echo $?
# It means nothing to payload.
"$ERRATA" group --no-verify --by key small.ndjson | tail -n 1
