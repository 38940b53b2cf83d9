#!/usr/bin/env python3
"""A scan of 10,000 records of which 2 % meet every kind of fault: each record is accounted for, and what was read is what the
server has.

accounted.py [RECORDS]; ERRATA_PROGRAM is the program.
"""
import json
import pathlib
import sys
import tempfile

import faults
import harness
from harness import expect, expect_in, expect_status
from records import Collection
from scan import STAY, listed

NAME = "mixed"
# After these all requests wait, so there are fewer of them.
SLOWED = [
    [{"kind": "code", "code": 429}],
    [{"kind": "code", "code": 503, "retry_after": "1"}],
]
COMES_RIGHT = [
    [{"kind": "code", "code": 500}, {"kind": "code", "code": 500}],
    [{"kind": "trickle", "bytes": 50, "pause": 0.001}],
    [{"kind": "reset", "after": 15}],
    [{"kind": "short", "after": 15}],
    [{"kind": "chunked", "after": 15}],
    [{"kind": "refuse"}],
    [{"kind": "gzip"}],
    [{"kind": "pretty"}],
    [{"kind": "code", "code": 502, "body": "<html>Bad Gateway</html>"}],
]
REJECTED = [
    [{"kind": "code", "code": 404, "message": "Record not found"} | STAY],
    [{"kind": "body", "body": "{\"hello\": 1}"} | STAY],
    [{"kind": "body", "body": "<html>"} | STAY],
    [{"kind": "bomb", "size": 4 << 30} | STAY],
    [{"kind": "code", "code": 302, "body": "", "headers": [["location", "https://example.invalid/"]]} | STAY],
]
FAILED = [
    [{"kind": "code", "code": 500} | STAY],
    [{"kind": "reset", "after": 15} | STAY],
]
MIX = {"share": 0.02, "faults": SLOWED + 3 * (COMES_RIGHT + REJECTED + FAILED)}


def main():
    if not harness.has_http():
        sys.exit(harness.SKIP)
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 10000
    with harness.Server() as server, tempfile.TemporaryDirectory() as folder:
        case = harness.Case(NAME, server, folder)
        case.order(records, mix=MIX, overlap=3)
        collection = Collection(records)
        on = faults.mixed_in(collection, MIX)
        done = case.scan("--status", "ALL", "--jobs", "16", "--retries", "2", "--max-document", "4M", "--view", "list",
                         "--limit", "0", "--format", "ndjson", "--archive", "a.ndjson.gz", "--rejects", "rejects", "-o",
                         "run.errata")
        expect_status(done, 4)
        bad = {name: steps for name, steps in on.items() if steps in REJECTED or steps in FAILED}
        rejects = case.lines("rejects")
        expect({reject["record"] for reject in rejects} == set(bad), "others were rejected than should be")
        expect(len(rejects) == len(bad), "a record was rejected twice")
        expect_in(f"{len(bad)} rejects left out", done.err)
        good = [number for number in range(records) if collection.id_of(number) not in bad]
        expect(set(case.archive("a.ndjson.gz")) == {collection.id_of(number) for number in good}, "others were archived")
        harness.write_documents(pathlib.Path(folder) / "own.ndjson", collection, good, NAME)
        own = case.files("list", "--limit", "0", "--format", "ndjson", "own.ndjson")
        expect(listed(done.out) == listed(own), "other issues by record")
        expect(case.groups("run.errata") == case.groups("own.ndjson"), "other groups")
        totals = json.loads(case.files("summary", "--format", "json", "run.errata"))
        expect(totals["records"] == len(good) and totals["rejects"] == len(bad), totals)
        print(f"{records} records, {len(on)} with faults, {len(bad)} of them for good: all accounted for in {done.seconds:.1f} s")


if __name__ == "__main__":
    main()
