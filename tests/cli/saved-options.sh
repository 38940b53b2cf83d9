# How payload is read means nothing to what was read.
. "$TOOLS/data.sh"; small
"$ERRATA" index small.ndjson -o small.errata
"$ERRATA" group --by key --framing stream --max-token 1 --max-document 1 --max-depth 1 --keep-going small.errata
"$ERRATA" group --by key --max-issues 9 --max-memory 1 small.errata | tail -n 1
# A join has limits.
"$ERRATA" group --max-issues 9 small.errata small.errata || echo $?
"$ERRATA" group --max-memory 1K small.errata small.errata || echo $?
