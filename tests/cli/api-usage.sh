# What is wrong with a command line is told before anything is sent.
[ -x "$ERRATA-http" ] || exit 77
export CORTEX_API_URL=http://127.0.0.1:1
unset CORTEX_API_KEY
"$ERRATA" scan --collection c || echo "$?"
export CORTEX_API_KEY=k
for words in "scan" "fetch r-1" "fetch --collection c" "scan --collection c r-1" "scan --collection c --resume" \
    "fetch --collection c --raw r-1 r-2" "fetch --collection c --raw --wait r-1" "fetch --collection c --interval 3 r-1" \
    "fetch --collection c --wait --keep-going r-1" "scan --collection c --rate fast" "scan --collection c --rate 5/s" \
    "scan --collection c --rate -5" "scan --collection c --where kex=1" \
    "scan --collection c --archive a --rejects a" "scan --collection c -o a --archive a" "scan --collection c -o -" \
    "scan --collection c --archive -"; do
    "$ERRATA" $words || echo "$?"
done
"$ERRATA" fetch --collection c '' || echo "$?"
"$ERRATA-http" || echo "$?"
