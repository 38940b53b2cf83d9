#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets: the small case files under several ways of reading, and terms of each kind; and,
given the program tests/write-index of a build folder, saved indexes of some case files."""

import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
CASES = FOLDER.parent / "cases"
# The first bytes of an input of fuzz-reader: how to read.
WAYS = (b"\x04\x00\x00", b"\x05\x06\x00", b"\x06\x47\x00", b"\x0c\x02\x00", b"\x00\x10\x00", b"\x14\x20\x00",
        b"\x05\x03\x8c", b"\x06\x05\xaa", b"\x04\x07\xc3", b"\x04\x09\xe1", b"\x24\x01\x00")
# The same of fuzz-lane.
LANES = (b"\x44\x00\x00\x00\x00", b"\x05\x05\x01\x00\x01\x40\x000", b"\x46\x00\x00\x00\x02\x21\x00}\x30\x00x",
         b"\x00\x40\x02\x00\x00", b"\x4c\x00\x00\x00\x00", b"\x54\x20\x00\x00\x01\x35\x00\xff", b"\x44\x00\x00\xe9\x00",
         b"\x44\x00\x00\xaf\x00", b"\x44\x00\x00\x8f\x00", b"\x44\x00\x80\x00\x00")
# What lanes are for: much of the same.
ISSUE = b'{"code":"custom","message":"Paid $%d of 70","path":["a",%d,"b","1%d"]}'
UNION = (b'{"code":"invalid_union","unionErrors":[{"issues":[{"path":["a",%d],"message":"Required"}],"name":"Z"}],'
         b'"path":["a",%d],"message":"Invalid"}')
WHOLE = b'{"record_id":"r%d","collection_id":"l","fetched_at":"2026-01-02T03:04:0%dZ","took":%d,"status":"COMPLETED"}\n'
FRAME = b'{"record_id":"r","status":"FAILED","errors":[{"message":"m","errors":[%s],"key":"K"},{"message":"n","errors":[%s],"key":"L"}]}\n'
REPEATING = (
    FRAME % (b",".join(ISSUE % (n, n * n, n) for n in range(6)), b",".join(ISSUE % (9, n, 3) for n in range(5))),
    FRAME % (b",".join(UNION % (n, n) for n in range(4)), b""),
    FRAME % (b" ,\n ".join(ISSUE % (n, 1000 * n, n) for n in range(4)), b"{}, {} ,{}"),
    (FRAME % (b'{"path":[17],"message":"\\u0041"}', b'{"path":["x"]},{"path":["x"]},{"path":["y",5]}')) * 3,
    b"[" + b",".join([FRAME % (ISSUE % (1, 2, 3), ISSUE % (1, 2, 4))] * 4) + b"]",
    b"".join(WHOLE % (n, n, n * 7) for n in range(5)) + FRAME % (ISSUE % (1, 2, 3), b"") + WHOLE % (6, 6, 0),
    (WHOLE % (1, 2, 3)).replace(b"COMPLETED", b"NEW") * 2 + b'{"app_id":"c","id":5,"x":{"y":[1]},"status":"A","errors":null}\n' * 2,
)
# Case files whose indexes differ in what they have.
SAVED = ("array", "deviations-all", "empty", "errors-kinds", "hostile-text", "invalid-utf8-kinds", "fetched-at-edges",
         "malformed-between", "path-digit-strings", "path-numbers-odd", "path-positions-many", "record-id-and-id")
TERMS = (
    "key = CHECK_INCOME", "code!=too_small", "path = borrowers[*].income", "path = **.income", "path != *[17].*",
    'path in ["a[1][2]","(root)"]', 'pattern !in ["*[*]","**"]', 'path = ["*"][0]["(root)"]', "path ~ \\[17\\]",
    "pattern !~ ^b", "message ~ (?i)CAF.", "message ~ \\x{FFFD}", "message ~ (a+)+$", "message ~ (a|aa)+\\z",
    "message ~ ^(?:.|\\n)*$", "expected = 5", "!expected", "received", 'record in ["r1","r2"]', "record != r1",
    "status ~ ^(FAILED|ODD)$", "fetched_at = 2026-01-02T03:04:05Z", "fetched_at ~ ^2026", "source = source", "app = a",
    "!collection", "rule_message=Income", "kex = A", "path = inc*", "message ~ (", 'key in ["a"', "key in []", "key ~",
    "", " ", "=", "message ~ (?R)", "message ~ [", "path = [", "path = a[", 'path = ["a', "path = a..b", "path=[01]",
    "key = A\ncode = b\n!path", "code = too_small\nmessage ~ a\nrecord",
)


def main():
    for name in ("reader", "lane", "query"):
        (FOLDER / "corpus" / name).mkdir(parents=True, exist_ok=True)
    cases = sorted(path for path in CASES.iterdir() if path.suffix in (".json", ".ndjson") and path.stat().st_size < 1000)
    for number, path in enumerate(cases):
        (FOLDER / "corpus" / "reader" / path.stem).write_bytes(WAYS[number % len(WAYS)] + path.read_bytes())
        (FOLDER / "corpus" / "lane" / path.stem).write_bytes(LANES[number % len(LANES)] + path.read_bytes())
    for number, text in enumerate(REPEATING):
        (FOLDER / "corpus" / "lane" / f"repeating-{number:02}").write_bytes(LANES[number % len(LANES)] + text)
    for number, term in enumerate(TERMS):
        (FOLDER / "corpus" / "query" / f"term-{number:02}").write_text(term)
    if len(sys.argv) > 1:
        (FOLDER / "corpus" / "store").mkdir(parents=True, exist_ok=True)
        for number, name in enumerate(SAVED):
            path = next(path for path in CASES.glob(f"{name}.*json"))
            done = subprocess.run([sys.argv[1], path.name], cwd=CASES, capture_output=True, check=True)
            (FOLDER / "corpus" / "store" / name).write_bytes(bytes([number % 4]) + done.stdout)
        for number, change in enumerate((b"\x18\0\1\0\0\0", b"\x40\x07\xff\xff\xff\xff", b"\x50\x08\0\0\0\0" * 3)):
            (FOLDER / "corpus" / "store" / f"change-{number}").write_bytes(bytes([4 + number % 2]) + change)


if __name__ == "__main__":
    main()
