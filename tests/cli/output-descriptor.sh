# What the shell has opened is written where it stands, under whatever name.
. "$TOOLS/data.sh"; small
group() { "$ERRATA" group --by key --format csv "$@" small.ndjson; }
check() { "$ERRATA" check "$@" small.ndjson >/dev/null; }
ln -s /dev/stdout link
for name in /dev/stdout /dev/fd/1 /proc/self/fd/1 /proc/thread-self/fd/1 link -; do
    (echo one; group -o "$name"; echo two) >log
    echo before >appended
    group -o "$name" >>appended
    cat log | sed "s|^|$name: |"
    cat appended
    group -o "$name" | tail -1
done
(echo one >&3; group -o /dev/fd/3; echo two >&3) 3>third
cat third
(echo one >&3; "$ERRATA" index -o /dev/fd/3 small.ndjson; echo two >&3) 3>index
"$ERRATA" index small.ndjson | (echo one; cat; echo two) | cmp - index
(check --write-baseline /dev/fd/3) 3>baseline
check --baseline baseline && echo held
echo '{' >>small.ndjson
(echo one >&2; group --rejects /dev/stderr; echo two >&2) 2>errors || echo $?
sed 1q errors; grep -c '^{' errors; tail -n 1 errors
# Nothing is lost where that cannot be: read-only, of another process, closed.
echo precious >precious
group -o /dev/stdin <precious || echo $?
exec 7>>precious
("$ERRATA" group -o "/proc/$$/fd/7" small.ndjson) 7>&- 2>other || echo $?
sed "s/$$/PID/" other
exec 7>&-
group -o /dev/fd/7 || echo $?
cat precious
ls -A
