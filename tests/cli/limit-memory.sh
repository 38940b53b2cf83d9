"$ERRATA" --max-memory 64K "$EXAMPLES/records.json" 2>err || echo $?
sed "s|$EXAMPLES/||" err
