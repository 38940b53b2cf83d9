# An index keeps everything: filters come later.
refused() { "$ERRATA" index -o x.errata "$@" missing.ndjson || echo $?; }
refused --key A
refused --where 'code = custom'
refused --limit 5
refused --format json
refused --by key
