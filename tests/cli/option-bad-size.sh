for size in '' M 5Q 5KBs 5B 20000000T 0; do
    "$ERRATA" group --max-memory "$size" || echo $?
done
