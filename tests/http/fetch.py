#!/usr/bin/env python3
"""errata fetch: records that are named, as they are or when they have come to their end.

fetch.py [CASE...]; ERRATA_PROGRAM is the program.
"""
import json

import harness
from harness import expect, expect_in, expect_status, test
from scan import STAY, listed, on_a_terminal, same_as_files


def fetch_list(case, *words, **options):
    return case.fetch("--view", "list", "--limit", "0", "--format", "ndjson", *words, **options)


def states(*names):
    return [{"kind": "state", "state": name} for name in names]


@test
def one(case):
    collection = case.order(10, status="FAILED")
    done = fetch_list(case, "rec-000003")
    expect_status(done, 0)
    expect(done.err == "", done.err)
    same_as_files(case, done, collection, [3])


@test
def several_in_order(case):
    """In the order asked, whichever comes first."""
    collection = case.order(30, status="FAILED", on={"rec-000009": [{"kind": "hang", "seconds": 0.3}]})
    asked = [9, 3, 25, 1, 4, 17]
    done = fetch_list(case, *[collection.id_of(number) for number in asked])
    expect_status(done, 0)
    same_as_files(case, done, collection, asked)
    expect(list(listed(done.out)) == [collection.id_of(number) for number in asked], "another order")


@test
def large_among_several(case):
    """Beyond 1 MiB each is collected in a file."""
    large = [{"kind": "large", "size": 3 << 20}]
    case.order(5, status="FAILED", on={"rec-000001": large, "rec-000003": large})
    done = case.fetch("--format", "json", *[f"rec-{number:06}" for number in range(5)])
    expect_status(done, 0)
    told = json.loads(done.out)
    expect(told["records"] == 5 and told["issues"] > 40000, told["issues"])


@test
def views_and_filters(case):
    case.order(10, status="FAILED")
    words = [f"rec-{number:06}" for number in range(10)]
    done = case.fetch("--view", "group", "--by", "key", "--sort", "records", "--format", "csv", "-o", "out", *words)
    expect_status(done, 0)
    expect((case.folder / "out").read_text().startswith("key,issues,records"), (case.folder / "out").read_text())
    done = case.fetch("--view", "group", "--where", "record = rec-000003", "--format", "json", *words)
    expect(json.loads(done.out)["groups"][0]["records"] == 1, done.out)


@test
def raw(case):
    body = '{ "status" :\t"FAILED",\r\n "errors":null, "more": [1.50] }\n'
    case.order(3, on={"rec-000001": [{"kind": "body", "body": body} | STAY], "rec-000002": [{"kind": "body", "body": "<p>"}]})
    done = case.fetch("--raw", "rec-000001")
    expect_status(done, 0)
    expect(done.out == body.replace("\r\n", "\n") or done.out == body, repr(done.out))
    expect_status(case.fetch("--raw", "-o", "out", "rec-000001"), 0)
    expect((case.folder / "out").read_bytes() == body.encode(), "not as it came")
    done = case.fetch("--raw", "rec-000002")
    expect(done.out == "<p>" and done.status == 0, "raw is without a look at it", done)


@test
def raw_compressed(case):
    collection = case.order(3, on={"rec-000001": [{"kind": "gzip"}]})
    done = case.fetch("--raw", "rec-000001")
    expect(done.out.encode() == collection.body(1), done.out)


@test
def tried_again(case):
    faults = [{"kind": "reset", "after": 30}, {"kind": "short", "after": 20}, {"kind": "code", "code": 500}]
    collection = case.order(10, status="FAILED", on={"rec-000003": faults})
    done = fetch_list(case, "rec-000003")
    expect_status(done, 0)
    same_as_files(case, done, collection, [3])
    expect(json.loads(case.fetch("--format", "json", "rec-000003").out)["rejects"] == 0, "what had come is a reject")


@test
def no_answer(case):
    case.order(3, on={"rec-000001": [{"kind": "code", "code": 500, "message": "Boom"} | STAY]})
    done = case.fetch("--retries", "1", "rec-000001")
    expect_status(done, 5)
    expect_in("Boom", done.err)
    expect(done.out == "", done.out)
    expect(len(case.requests()) == 2, "not tried again once")


@test
def rejects_with_their_places(case):
    """As a scan has them: one record or several."""
    other = "{\"hello\":\n[1, 2]}"
    two = json.dumps({"status": "FAILED", "errors": []}) * 2
    case.order(4, status="FAILED", on={"rec-000001": [{"kind": "body", "body": other} | STAY],
                                       "rec-000002": [{"kind": "body", "body": two} | STAY]})
    for words in (["rec-000001"], ["rec-000003", "rec-000001", "rec-000002"]):
        expect_status(case.fetch("--rejects", "rejects", *words), 4)
        rejects = case.lines("rejects")
        expect(rejects[0]["text"] == other and rejects[0]["length"] == 17 and "`status`" in rejects[0]["reason"], rejects)
        expect(len(words) == 1 or (rejects[1]["text"] == two and "more than one" in rejects[1]["reason"]), rejects)
    for words in (["rec-000002"], ["rec-000003", "rec-000002"]):
        done = case.fetch(*words)
        expect(done.status != 0 and done.out == "", done)
        expect_in("more than one status document", done.err)


@test
def not_found(case):
    case.order(3, status="FAILED")
    done = case.fetch("rec-000001", "none-such")
    expect_status(done, 5)
    expect_in("404", done.err)
    expect_in("none-such", done.err)
    expect(done.out == "", done.out)


@test
def not_found_and_on(case):
    case.order(3, status="FAILED")
    done = case.fetch("--rejects", "rejects", "--format", "json", "rec-000001", "none-such", "rec-000002")
    expect_status(done, 4)
    expect(json.loads(done.out)["documents"] == 2, done.out)
    rejects = case.lines("rejects")
    expect(len(rejects) == 1 and rejects[0]["record"] == "none-such" and rejects[0]["http"] == 404, rejects)


@test
def no_status_document(case):
    case.order(3, on={"rec-000001": [{"kind": "body", "body": "{\"status\": 5}"}]})
    done = case.fetch("rec-000001")
    expect_status(done, 3)
    expect_in("rec-000001/status:1:", done.err)
    expect(done.out == "", done.out)


@test
def times_out(case):
    case.order(3, on={"rec-000001": [{"kind": "hang", "seconds": 60} | STAY]})
    done = case.fetch("--timeout", "1", "rec-000001")
    expect_status(done, 5)
    expect_in("--timeout", done.err)


# ---- --wait

@test
def wait(case):
    collection = case.order(3, status="COMPLETED", on={"rec-000001": states("QUEUED", "RUNNING")})
    done = case.fetch("--wait", "--interval", "1", "--format", "json", "rec-000001")
    expect_status(done, 0)
    expect(json.loads(done.out)["statuses"] == {"COMPLETED": 1}, done.out)
    expect(done.err == "", done.err)
    expect(collection.status_of(1) == "COMPLETED" and len(case.requests()) == 3, "not asked three times")


@test
def wait_on_a_terminal(case):
    case.order(3, status="COMPLETED", on={"rec-000001": states("QUEUED", "\x1b[31mRED")})
    shown = on_a_terminal(case, "fetch", "--collection", case.name, "--wait", "--interval", "1", "rec-000001", "rec-000002")
    if shown is not None:
        text, status = shown
        expect(status == 0, text)
        expect_in("\r\x1b[Krec-000001 is QUEUED", text)
        expect_in("rec-000001 is \\u{1B}[31mRED", text)
        expect(text.endswith("\r\x1b[K") and "\n" not in text, "the line stays there")


@test
def wait_for_failure(case):
    collection = case.order(3, status="FAILED", on={"rec-000001": states("RUNNING")})
    done = fetch_list(case, "--wait", "rec-000002", "rec-000001")
    expect_status(done, 1)
    same_as_files(case, done, collection, [2, 1])
    expect(list(listed(done.out)) == ["rec-000002", "rec-000001"], "another order")
    expect(len(case.requests()) == 3, "one that was at its end was asked again")


@test
def wait_for_cancelled(case):
    case.order(3, status="CANCELLED", on={"rec-000001": states("RUNNING")})
    expect_status(case.fetch("--wait", "rec-000001"), 1)


@test
def wait_too_long(case):
    case.order(3, status="COMPLETED", on={"rec-000001": [{"kind": "state", "state": "RUNNING"} | STAY]})

    def late(seconds):
        done = case.fetch("--wait", "--timeout", str(seconds), "--interval", "1", "--format", "json", "rec-000001", "rec-000002")
        expect_status(done, 5)
        expect_in(f"rec-000001 is RUNNING, and {seconds} s are over (--timeout)", done.err)
        expect(json.loads(done.out)["statuses"] == {"COMPLETED": 1, "RUNNING": 1}, done.out)

    harness.in_time(late, 2, 10, 60)


@test
def wait_without_an_answer(case):
    case.order(3, status="COMPLETED", on={"rec-000001": states("RUNNING") + [{"kind": "hang", "seconds": 60} | STAY]})
    done = case.fetch("--wait", "--timeout", "3", "rec-000001")
    expect_status(done, 5)
    expect_in("--timeout", done.err)


@test
def code_scanning(case):
    """GitHub refuses a whole file for one URI with another scheme than that of files."""
    case.order(1, status="FAILED")
    for words, address in ((), f"{case.server.url[len('http://'):]}/".replace(":", "%3A")), \
            (("--redact", "record"), "redacted%3A"):
        done = case.fetch("--view", "group", "--format", "sarif", *words, "rec-000000")
        expect_status(done, 0)
        result = json.loads(done.out)["runs"][0]["results"][0]
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        expect(place["uri"].startswith(address) and place["uriBaseId"] == "%SRCROOT%", place)
        expect(result["properties"]["url"].startswith("redacted:" if words else case.server.url), result["properties"])


if __name__ == "__main__":
    harness.run_cases()
