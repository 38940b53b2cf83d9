# errata-http is there for errata to become. By itself it has no command that is meant where none is named.
program=${ERRATA%/*}/errata-http
[ -x "$program" ] || exit 77
for words in '' '--by key' 'a.json'; do
    "$program" $words && exit 1 || echo $?
done
