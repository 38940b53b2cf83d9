for size in '' M 5Q 5KB 20000000T; do
    "$ERRATA" group --max-memory "$size" || echo $?
done
