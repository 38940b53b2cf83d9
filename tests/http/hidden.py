#!/usr/bin/env python3
"""--redact of the commands that ask the API: no record id, and nothing else that is redacted, in what they say and write.

hidden.py [CASE...]; ERRATA_PROGRAM is the program.
"""
import contextlib
import sqlite3
import sys

import harness
from harness import expect, expect_status, test
from scan import STAY

sys.path += [str(harness.HERE.parent / "manual")]
import told  # noqa: E402

# In the ids of all records, which the API's own words repeat where something is wrong.
SECRET = "zebra"
IDS = [f"{SECRET}-{number:03}" for number in range(8)]
NOT_JSON = {"kind": "body", "body": f'{{"record_id":"{SECRET}-002", oh no'} | STAY
NO_STATUS = {"kind": "body", "body": f'{{"hello":"{SECRET}"}}'} | STAY
# A file that has the data themselves.
KEPT = "archive.ndjson"
GONE = {"kind": "code", "code": 404, "message": f"no record {SECRET}-005"} | STAY


def order(case, **on):
    case.order(8, ids=IDS, status="FAILED", on={f"{SECRET}-{name[1:]}": [fault] for name, fault in on.items()})


def expect_hidden(case, done):
    written = [path.read_text() for path in case.folder.iterdir() if path.is_file() and path.name != KEPT]
    for part in (done.out, done.err, *written):
        expect(SECRET not in part, "there it is:", part)


@test
def fetch_in_every_view(case):
    order(case)
    for view in ("summary", "group", "list"):
        for style in ("table", "json"):
            words = ["--view", view, "--format", style, *IDS]
            if view == "group":
                words = ["--by", "record,source", *words]
            expect(view == "summary" or SECRET in case.fetch(*words).out, "nothing to hide", words)
            done = case.fetch("--redact", "record", *words)
            expect_status(done, 0)
            expect_hidden(case, done)


@test
def fetch_rejects(case):
    order(case, r002=NOT_JSON, r004=NO_STATUS, r005=GONE)
    expect(SECRET in case.fetch("--rejects", "rejects", *IDS).err, "nothing to hide")
    done = case.fetch("--redact", "record", "--rejects", "rejects", *IDS)
    expect_status(done, 4)
    expect_hidden(case, done)
    rejects = case.lines("rejects")
    expect(len(rejects) == 3 and len({one["record"] for one in rejects}) == 3, rejects)
    expect(all(one["text"] is None and one["record"].startswith("redacted:") for one in rejects), rejects)
    expect([one["http"] for one in rejects] == [200, 200, 404], rejects)


@test
def fetch_failures(case):
    order(case, r002=NOT_JSON, r004=NO_STATUS, r005=GONE)
    for name in ("002", "004", "005"):
        for more in ([], [f"{SECRET}-001"], ["--wait"]):
            words = [f"{SECRET}-{name}", *more]
            plain = case.fetch(*words)
            done = case.fetch("--redact", "record", *words)
            expect(plain.status == done.status != 0 and done.err, name, plain.status, done.status)
            expect_hidden(case, done)


@test
def fetch_that_is_late(case):
    order(case, r001={"kind": "state", "state": "RUNNING"} | STAY)

    def late(seconds):
        done = case.fetch("--redact", "record", "--wait", "--timeout", str(seconds), f"{SECRET}-001")
        expect_status(done, 5)
        expect_hidden(case, done)
        expect("redacted:" in done.err and "RUNNING" in done.err, done.err)

    harness.in_time(late, 1, 10, 60)


@test
def scan_with_rejects(case):
    order(case, r002=NOT_JSON, r004=NO_STATUS, r005=GONE)
    for words in ([], ["--archive", KEPT]):
        done = case.scan("--redact", "record,message", "--rejects", "rejects", "--view", "list", "--limit", "0", *words)
        expect_status(done, 4)
        expect_hidden(case, done)
        rejects = case.lines("rejects")
        expect(len(rejects) == 3 and all(one["text"] is None for one in rejects), rejects)
    # What was received is kept as it is.
    expect(SECRET in (case.folder / KEPT).read_text(), "an archive without its data")


@test
def index_of_a_scan(case):
    """Sources and rejects of an index that was kept are hidden when it is asked."""
    order(case, r002=NOT_JSON, r005=GONE)
    expect_status(case.scan("-o", "run.errata", "--view", "summary"), 4)
    (case.folder / "run.errata").rename(case.folder / KEPT)
    for inputs in ([KEPT], [KEPT, KEPT]):
        words = ["list", "--rejects", "rejects", *inputs]
        expect(SECRET in case.errata(*words).out, "nothing to hide")
        expect(SECRET in (case.folder / "rejects").read_text(), "nothing to hide in rejects")
        done = case.errata("list", "--redact", "record", *words[1:])
        expect_status(done, 4)
        expect_hidden(case, done)


@test
def what_a_scan_looked_for(case):
    """The text of --search, tags, and the same in an index that was kept."""
    order(case)
    searched = ["--search", f"{SECRET}-0", "--tag", f"{SECRET}-tag"]
    expect(SECRET in case.scan(*searched, "-o", "run.errata").out, "nothing to hide")
    (case.folder / "run.errata").rename(case.folder / KEPT)
    scoped = "--status FAILED --search redacted:"
    done = case.scan("--redact", "record", *searched)
    expect_status(done, 0)
    expect_hidden(case, done)
    expect(scoped in done.out, done.out)
    done = case.errata("summary", "--redact", "record", KEPT)
    expect_status(done, 0)
    expect_hidden(case, done)
    expect(scoped in done.out, done.out)
    done = case.errata("check", "--redact", "record", "--max-records", "5%", KEPT)
    expect_status(done, 2)
    expect_hidden(case, done)
    expect(scoped in done.err and "scan without --status" in done.err, done.err)


@test
def database_of_a_scan(case):
    if not told.has_sqlite():
        return
    order(case)
    expect_status(case.scan("--search", f"{SECRET}-0", "-o", "run.errata"), 0)
    (case.folder / "run.errata").rename(case.folder / KEPT)
    for fields, hidden in (("message", False), ("message,record", True)):
        expect_status(case.errata("list", "--format", "sqlite", "--redact", fields, "-o", "run.sqlite", KEPT), 0)
        data = (case.folder / "run.sqlite").read_bytes()
        expect((SECRET.encode() in data) != hidden, "a database with", fields, "redacted")
        with contextlib.closing(sqlite3.connect(case.folder / "run.sqlite")) as database:
            (scope,) = database.execute("SELECT scope FROM sources").fetchone()
        expect(scope.startswith("--status FAILED --search ") and (SECRET in scope) != hidden, scope)
        (case.folder / "run.sqlite").unlink()


if __name__ == "__main__":
    harness.run_cases()
