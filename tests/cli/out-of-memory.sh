# The machine's limit, not ours. Sanitizers need more address space than that.
if grep -qaE '__[at]san_init' "$ERRATA"; then
    echo "the program is sanitized" >&2
    exit 77
fi
awk 'BEGIN { for (i = 0; i < 20000; i++)
    printf "{\"status\":\"FAILED\",\"errors\":[{\"message\":\"%01000d\"}]}\n", i }' > many.ndjson
ulimit -v 16000
"$ERRATA" many.ndjson 2> err || echo $?
# Where exactly depends on the machine.
sed "s/[0-9][0-9]*/N/g" err
