# The help to see is that of the command which stands before the option.
for words in 'group --zzzzzzzz=5' 'list -x' 'fetch --zzzzzzzz' '--zzzzzzzz list' 'loans.ndjson --zzzzzzzz'; do
    "$ERRATA" $words && exit 1
    [ $? -eq 2 ]
done
# What another command has is no guess.
"$ERRATA" list --basline x && exit 1
"$ERRATA" check --basline x
