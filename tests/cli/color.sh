. "$TOOLS/data.sh"; bare
show() { cat -v; }
"$ERRATA" group --by key --color always bare.json | show
"$ERRATA" group --by key bare.json | show
"$TOOLS/on-terminal" 80 24 "$ERRATA" group --by key bare.json | show
"$TOOLS/on-terminal" 80 24 "$ERRATA" group --by key --color never bare.json | show
NO_COLOR=1 "$TOOLS/on-terminal" 80 24 "$ERRATA" group --by key bare.json | show
NO_COLOR= "$TOOLS/on-terminal" 80 24 "$ERRATA" group --by key bare.json | show
TERM=dumb "$TOOLS/on-terminal" 80 24 "$ERRATA" group --by key bare.json | show
TERM= "$TOOLS/on-terminal" 80 24 "$ERRATA" group --by key bare.json | show
env -u TERM "$TOOLS/on-terminal" 80 24 "$ERRATA" group --by key bare.json | show
NO_COLOR=1 "$ERRATA" group --by key --color always bare.json | show
"$ERRATA" summary --color always bare.json | show
# Wherever it goes, unless somebody wants none.
for value in 1 0 ''; do
    CLICOLOR_FORCE=$value "$ERRATA" group --by key bare.json | show
done
CLICOLOR_FORCE=1 TERM=dumb "$ERRATA" group --by key bare.json | show
CLICOLOR_FORCE=1 NO_COLOR=1 "$ERRATA" group --by key bare.json | show
CLICOLOR_FORCE=1 "$ERRATA" group --by key --color never bare.json | show
