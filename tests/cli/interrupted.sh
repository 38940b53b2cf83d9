# The temporary files are gone, what was there before stays, and the program ends by the signal.
echo before > out.txt
for signal in SIGINT SIGTERM SIGHUP SIGQUIT SIGXCPU; do
    "$TOOLS/interrupt" $signal "$ERRATA" group -o out.txt --rejects rejects.ndjson
done
cat out.txt
ls -A
