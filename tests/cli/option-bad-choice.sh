"$ERRATA" group --sort size || echo $?
# The words are those of the command.
for command in summary group list diff check scan; do
    "$ERRATA" $command --format xml || echo $?
done
# What the command has no such option for is told as that.
"$ERRATA" list --sort size
