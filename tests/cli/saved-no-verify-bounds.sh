# Issues that lead to shapes that are not there: bounds are looked at where they are used, with checksums or without.
. "$TOOLS/data.sh"; small
"$ERRATA" index small.ndjson -o run.errata
python3 - <<'PYTHON'
import struct
data = bytearray(open("run.errata", "rb").read())
# The directory's entry of table 11, the shapes of issues: where it begins, and its rows.
start, rows = struct.unpack_from("<QQ", data, 56 + 11 * 40 + 16)
data[start:start + 4 * rows] = b"\xFE" * 4 * rows
open("wild.errata", "wb").write(data)
PYTHON
try() { "$ERRATA" "$@" || echo $?; }
try group wild.errata
try group --no-verify wild.errata
try list --no-verify wild.errata
try index --no-verify wild.errata run.errata -o all.errata
try group --no-verify --by key wild.errata
ls
