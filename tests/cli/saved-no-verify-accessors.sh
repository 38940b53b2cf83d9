# Damage that what is asked for does not need at once: a gate and what tells of rejects look at everything first.
. "$TOOLS/data.sh"; small
{ cat small.ndjson; echo '{"status":4}'; } > more.ndjson
"$ERRATA" index --keep-going more.ndjson -o run.errata 2> all.txt || true
python3 - <<'PYTHON'
import struct
good = open("run.errata", "rb").read()
def damaged(name, table, cell):
    data = bytearray(good)
    start, rows = struct.unpack_from("<QQ", data, 56 + table * 40 + 16)
    data[start:start + 4 * rows] = struct.pack("<I", cell) * rows
    open(name, "wb").write(data)
# All issues of the first shape: there are too many positions. And rejects without a reason.
damaged("shapes.errata", 11, 0)
damaged("reasons.errata", 42, 1 << 30)
PYTHON
try() { "$ERRATA" "$@" > out.txt && echo 0 || echo $?; cat out.txt; }
try check --no-verify --max-issues 0 --by code shapes.errata
try check --no-verify --max-issues 0 --by code --format json shapes.errata
try group --no-verify --by code reasons.errata
try group --no-verify --by code --rejects rejects.ndjson reasons.errata
ls
