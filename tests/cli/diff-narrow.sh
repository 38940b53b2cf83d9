# No line is wider than asked; a side's number stays as long as anything does.
. "$TOOLS/data.sh"; sides; bare
mkdir -p a-folder-with-a-long-name
cp bare.json a-folder-with-a-long-name/and-a-file-with-another-long-name.json
long=a-folder-with-a-long-name/and-a-file-with-another-long-name.json
for width in 20 23 30 40 55 79; do
    echo "=$width"
    COLUMNS=$width "$ERRATA" diff $long new.ndjson
    COLUMNS=$width "$ERRATA" diff old.ndjson new.ndjson --by code
done > out
python3 - <<'PYTHON'
for line in open("out", encoding="utf-8"):
    if line.startswith("="):
        width = int(line[1:])
    elif len(line.rstrip("\n")) > width:
        print(width, line, end="")
PYTHON
COLUMNS=64 "$ERRATA" diff old.ndjson $long new.ndjson
COLUMNS=40 "$ERRATA" diff --by path old.ndjson new.ndjson
