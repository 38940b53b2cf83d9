for number in '' -1 5x 0x5 ' 5' 18446744073709551616; do
    "$ERRATA" group --limit "$number" || echo $?
done
