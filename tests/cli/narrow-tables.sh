# No line is wider than asked; what cannot be read whole is cut where it tells least.
. "$TOOLS/data.sh"; small
for width in 20 22 25 27 30 34 40 47 56 80; do
    for command in summary 'summary --limit 0' 'summary --key CHECK_INCOME' group list 'group --by code,status,source,key'; do
        echo "=$width $command"
        COLUMNS=$width "$ERRATA" $command --color never "$EXAMPLES/loans.ndjson"
        COLUMNS=$width "$ERRATA" $command --color never small.ndjson
    done
done > out
python3 - <<'PYTHON'
for line in open("out", encoding="utf-8"):
    if line.startswith("="):
        case = line.rstrip()
        width = int(line[1:3])
    elif len(line.rstrip("\n")) > width:
        print(case, line, end="")
PYTHON
for width in 46 33 20; do
    COLUMNS=$width "$ERRATA" group --limit 5 "$EXAMPLES/loans.ndjson"
done
