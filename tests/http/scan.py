#!/usr/bin/env python3
"""errata scan against a server that does wrong: what the user sees, and the exit status.

scan.py [CASE...]; ERRATA_PROGRAM is the program.
"""
import gzip
import json
import os
import pathlib
import pty
import re
import resource
import select
import signal
import subprocess
import sys

sys.path.insert(1, str(pathlib.Path(__file__).resolve().parent.parent / "index-format"))

import harness
import index_format
from harness import KEY, expect, expect_in, expect_status, interrupt, test, wait_for

STAY = {"stay": True}


def listed(found):
    """What --view list shows of a scan or of files, by record."""
    by_record = {}
    for line in found.splitlines():
        row = json.loads(line)
        for name in ("source", "document", "line", "fetched_at", "app"):
            row.pop(name, None)
        by_record.setdefault(row["record"], []).append(row)
    return by_record


def same_as_files(case, done, collection, numbers):
    """Are the issues those of the server's own records?"""
    harness.write_documents(case.folder / "own.ndjson", collection, numbers, case.name)
    own = case.files("list", "--limit", "0", "--format", "ndjson", "own.ndjson")
    expect(listed(done.out) == listed(own), "other issues than in the server's own files")


def scan_list(case, *words, **options):
    return case.scan("--view", "list", "--limit", "0", "--format", "ndjson", *words, **options)


def start_scan(case, *words):
    return case.start("scan", "--collection", case.name, "--rate", "0", *words)


@test
def plain(case):
    collection = case.order(250, hold=0)
    child = start_scan(case, "--view", "list", "--limit", "0", "--format", "ndjson")
    # Eight at once.
    wait_for(lambda: case.asked() == 8, child)
    case.open()
    done = case.end(child, 0)
    expect_status(done, 0)
    expect(done.err == "", done.err)
    same_as_files(case, done, collection, collection.matching("FAILED"))
    requests = case.requests()
    pages = [entry["what"] for entry in requests if entry["what"].startswith("?")]
    expect(len(requests) - len(pages) == len(collection.matching("FAILED")), "not one request for each record")
    expect(all("status=FAILED" in page for page in pages), pages)
    expect(len({entry["connection"] for entry in requests}) <= 9, "connections are not used again")


@test
def jobs(case):
    case.order(100, latency=0.005)
    expect_status(case.scan("--jobs", "3"), 0)
    requests = case.requests()
    # The server is shared with other cases, so it is the connections that count: those of transfers, and the listing's.
    expect(len({entry["connection"] for entry in requests}) <= 4, "more than three transfers at once")


@test
def status_all(case):
    collection = case.order(150)
    done = case.scan("--status", "ALL", "--format", "json")
    expect_status(done, 0)
    expect(json.loads(done.out)["documents"] == 150, done.out)
    done = case.scan("--status", "COMPLETED", "--format", "json")
    expect(json.loads(done.out)["documents"] == len(collection.matching("COMPLETED")), done.out)


@test
def search_and_tags(case):
    collection = case.order(150)
    done = scan_list(case, "--search", "Loan 1", "--tag", "odd")
    expect_status(done, 0)
    same_as_files(case, done, collection, collection.matching("FAILED", "Loan 1", ("odd",)))
    expect_in("search=Loan%201", case.requests()[0]["what"])


@test
def views(case):
    case.order(50)
    done = case.scan("--view", "group", "--by", "code", "--where", "code ~ ^too", "--format", "csv")
    expect_status(done, 0)
    expect(done.out.splitlines()[0].startswith("code,") and len(done.out.splitlines()) == 2, done.out)


@test
def empty(case):
    case.order(0)
    done = case.scan("--format", "json")
    expect_status(done, 0)
    expect(json.loads(done.out)["documents"] == 0, done.out)


# ---- things that go wrong and come right

def comes_right(case, faults, requests, *words):
    """One record meets faults, and is read all the same."""
    collection = case.order(20, status="FAILED", on={"rec-000007": faults})
    done = scan_list(case, *words)
    expect_status(done, 0)
    expect(done.err == "", done.err)
    same_as_files(case, done, collection, range(20))
    asked = [entry for entry in case.requests() if "rec-000007/" in entry["what"]]
    expect(len(asked) == requests, f"asked {len(asked)} times, not {requests}")


@test
def too_many_requests(case):
    comes_right(case, [{"kind": "code", "code": 429}], 2)


@test
def too_many_requests_often(case):
    """More often than --retries: these are no retries."""
    comes_right(case, [{"kind": "code", "code": 429, "retry_after": "1"}] * 3, 4, "--retries", "1")


@test
def retry_after(case):
    comes_right(case, [{"kind": "code", "code": 429, "retry_after": "2"}], 2)
    asked = [entry["time"] for entry in case.requests() if "rec-000007/" in entry["what"]]
    # The server asked for two seconds: that is what it gets, however slow the machine is.
    expect(asked[1] - asked[0] >= 1.9, f"asked again after {asked[1] - asked[0]} s")


@test
def unavailable(case):
    comes_right(case, [{"kind": "code", "code": 503, "retry_after": "1"}], 2)


@test
def burst_of_500(case):
    comes_right(case, [{"kind": "code", "code": 500}] * 3, 4)


@test
def trickle(case):
    comes_right(case, [{"kind": "trickle", "bytes": 7, "pause": 0.002}], 1)


@test
def reset_once(case):
    comes_right(case, [{"kind": "reset", "after": 30}], 2)


@test
def short_once(case):
    comes_right(case, [{"kind": "short", "after": 30}], 2)


@test
def chunks_that_stop_once(case):
    comes_right(case, [{"kind": "chunked", "after": 30}], 2)


@test
def refused_once(case):
    comes_right(case, [{"kind": "refuse"}], 2)


@test
def compressed(case):
    comes_right(case, [{"kind": "gzip"}], 1)


@test
def blanks_in_front(case):
    body = "\n" + " " * 5000 + json.dumps({"status": "FAILED", "errors": []}) + " " * 5000
    case.order(3, status="FAILED", on={"rec-000001": [{"kind": "body", "body": body} | STAY]})
    done = case.scan("--format", "json", "--archive", "a.ndjson")
    expect_status(done, 0)
    expect(json.loads(done.out)["records"] == 3 and "rec-000001" in case.archive("a.ndjson"), done.out)


@test
def several_lines(case):
    comes_right(case, [{"kind": "pretty", "newline": "\r\n"}], 1)


# ---- records that never come

def never_comes(case, fault, words, outcome, *options, http=None):
    """One record of 20 cannot be read: the scan goes on, says so, and ends with 4."""
    collection = case.order(20, status="FAILED", on={"rec-000007": [fault | STAY]})
    done = scan_list(case, "--retries", "1", "--rejects", "rejects", *options)
    expect_status(done, 4)
    same_as_files(case, done, collection, [number for number in range(20) if number != 7])
    expect_in("1 reject left out (listed in rejects)", done.err)
    expect_in("rec-000007", done.err)
    for part in words:
        expect_in(part, done.err)
    rejects = case.lines("rejects")
    expect(len(rejects) == 1 and rejects[0]["record"] == "rec-000007" and rejects[0]["http"] == http, rejects)
    expect(all(part in rejects[0]["reason"] for part in words), rejects)
    asked = len([entry for entry in case.requests() if "rec-000007/" in entry["what"]])
    expect(asked == {"failed": 2, "rejected": 1}.get(outcome, asked), f"asked {asked} times")
    return done, rejects[0]


@test
def always_500(case):
    never_comes(case, {"kind": "code", "code": 500, "message": "Boom"}, ["500", "Boom"], "failed", http=500)


@test
def error_in_words(case):
    errors = [{"validation": "uuid", "code": "invalid_string", "message": "Invalid uuid", "path": ["record_id"]}]
    never_comes(case, {"kind": "code", "code": 400, "message": "Validation failed", "errors": errors},
                ["400", "Validation failed", "Invalid uuid"], "rejected", http=400)


@test
def html_with_502(case):
    body = "<html><head><title>502 Bad Gateway</title></head><body>\x1b[31mnginx\u202e</body></html>"
    done, _ = never_comes(case, {"kind": "code", "code": 502, "body": body}, ["502", "Bad Gateway"], "failed", http=502)
    expect("\x1b" not in done.err and "\u202e" not in done.err and "<html>" not in done.err, done.err)


@test
def always_reset(case):
    never_comes(case, {"kind": "reset", "after": 30}, ["reset by peer"], "failed", http=200)


@test
def always_short(case):
    never_comes(case, {"kind": "short", "after": 30}, ["bytes remaining"], "failed", http=200)


@test
def always_refused(case):
    """libcurl itself tries again over a fresh connection, so the requests are not counted."""
    never_comes(case, {"kind": "refuse"}, [], None, http=None)


@test
def vanished(case):
    never_comes(case, {"kind": "code", "code": 404, "message": "Record not found"}, ["404", "Record not found"],
                "rejected", http=404)


@test
def other_json(case):
    _, reject = never_comes(case, {"kind": "body", "body": "{\"hello\":\n[1, 2]}"}, ["`status`"], "rejected", http=200)
    expect(reject["text"] == "{\"hello\":\n[1, 2]}" and reject["length"] == 17, reject)


@test
def no_json(case):
    never_comes(case, {"kind": "body", "body": "It works!"}, ["no JSON object"], "rejected", http=200)


@test
def cut_json(case):
    """Whole for HTTP, but not for JSON: as if it had been cut off."""
    never_comes(case, {"kind": "body", "body": "{\"status\":\"FAI"}, ["cut off"], "failed", http=200)


@test
def bomb(case):
    never_comes(case, {"kind": "bomb", "size": 4 << 30}, ["limit"], "rejected", "--max-document", "8M", http=200)


@test
def redirected_record(case):
    target = case.server.url.replace("127.0.0.1", "localhost") + "/apps/c/collections/other/records/x/status"
    fault = {"kind": "code", "code": 302, "body": "", "headers": [["location", target]]}
    never_comes(case, fault, ["302", target], "rejected", http=302)
    expect(case.server.log("other") == [], "the redirect was followed")


# ---- the key, sent back; that it is in no output and no file is looked for behind every run

@test
def key_in_errors(case):
    """As it is, percent-encoded, with JSON's escapes, and where the words are cut."""
    said = [f"Invalid key: Bearer {KEY}", "x" * 225 + KEY, "/log%3Fkey=" + KEY.replace("-", "%2D")]
    bodies = ['{"message":"No: ' + KEY.replace("k", "\\u006b") + '"}', f"<p>{KEY}</p>", "<style>" + "x" * 4060 + "</style>" + KEY]
    faults = [{"kind": "code", "code": 400, "message": words} for words in said]
    faults += [{"kind": "code", "code": 404, "body": body} for body in bodies]
    case.order(10, status="FAILED", on={f"rec-{number:06}": [fault | STAY] for number, fault in enumerate(faults)})
    done = case.scan("--archive", "a.ndjson", "--rejects", "rejects", "-o", "a.errata")
    expect_status(done, 4)
    reasons = [reject["reason"] for reject in case.lines("rejects")]
    expect(len(reasons) == len(faults) and all("[key]" in reason or "xxx" in reason for reason in reasons), reasons)
    expect(not any("Zq7" in reason for reason in reasons), reasons)
    expect(any("Invalid key: Bearer [key]" in reason for reason in reasons), reasons)
    expect_in("[key]", done.err)


@test
def key_in_redirect(case):
    target = f"http://127.0.0.1:1/login?key={KEY}&again={KEY.replace('-', '%2d')}"
    fault = {"kind": "code", "code": 302, "body": "", "headers": [["location", target]]}
    never_comes(case, fault, ["302", "login?key=[key]&again=[key]"], "rejected", http=302)


@test
def key_in_another_json(case):
    _, reject = never_comes(case, {"kind": "body", "body": json.dumps({"hello": KEY})}, ["contains the key"], "rejected", http=200)
    expect(reject["text"] is None, reject)


@test
def key_in_document(case):
    """The document is refused, also where it streams, and where nobody looks at it."""
    body = json.dumps({"status": "FAILED", "errors": [{"key": "A", "message": KEY, "errors": []}]})
    never_comes(case, {"kind": "body", "body": body}, ["contains the key"], "rejected", "--archive", "a.ndjson", "-o", "a.errata",
                http=200)
    for words in ((), ("--raw",), ("rec-000001",)):
        done = case.fetch(*words, "rec-000007")
        expect_status(done, 5)
        expect_in("contains the key", done.err)


@test
def key_not_accepted(case):
    for code in (401, 403):
        fault = {"kind": "code", "code": code, "message": f"Invalid key: Bearer {KEY}"}
        case.order(10, status="FAILED", on={"rec-000003": [fault | STAY]})
        done = case.scan("--archive", f"{code}.ndjson")
        expect_status(done, 5)
        expect_in("Invalid key: Bearer [key]", done.err)


@test
def key_in_listing(case):
    row = json.dumps([{"id": KEY, "status": "FAILED"}])
    for fault in ({"kind": "code", "code": 400, "message": f"No: {KEY}"}, {"kind": "code", "code": 401, "message": KEY},
                  {"kind": "body", "body": row}):
        case.order(10, on_page={"1": [fault | STAY]})
        done = case.scan()
        expect_status(done, 5)
        expect_in("contains the key" if fault["kind"] == "body" else "[key]", done.err)


# ---- the listing

@test
def repeated_across_pages(case):
    collection = case.order(150, take=20, overlap=5)
    done = scan_list(case)
    expect_status(done, 0)
    same_as_files(case, done, collection, collection.matching("FAILED"))
    asked = [entry["what"] for entry in case.requests() if entry["what"].startswith("/")]
    expect(len(asked) == len(set(asked)), "a record was asked for twice")


@test
def no_paging_headers(case):
    collection = case.order(250, paging=False)
    done = scan_list(case)
    expect_status(done, 0)
    same_as_files(case, done, collection, collection.matching("FAILED"))


@test
def page_without_end(case):
    case.order(250, on_page={"2": [{"kind": "endless"} | STAY]})
    done = case.scan()
    expect_status(done, 5)
    expect_in("100,000 rows", done.err)


@test
def listing_error(case):
    case.order(10, on_page={"1": [{"kind": "code", "code": 400, "message": "Bad status"} | STAY]})
    done = case.scan()
    expect_status(done, 5)
    expect_in("Bad status", done.err)
    expect(done.out == "", done.out)


@test
def listing_unknown_collection(case):
    done = case.scan()
    expect_status(done, 5)
    expect_in("404", done.err)


@test
def listing_comes_right(case):
    page = [{"kind": "code", "code": 500}, {"kind": "reset", "after": 2000}, {"kind": "short", "after": 5000}]
    collection = case.order(250, on_page={"2": page})
    done = scan_list(case)
    expect_status(done, 0)
    same_as_files(case, done, collection, collection.matching("FAILED"))


@test
def listing_comes_again(case):
    """A row without an id is told once, also when the page breaks off behind it."""
    page = "[{\"name\":\"nameless\"},{\"id\":\"\"},"
    case.order(10, on_page={"1": [{"kind": "body", "body": page}, {"kind": "body", "body": page + "{\"id\":\"rec-000001\"}]"}]})
    done = case.scan("--rejects", "rejects", "-o", "a.errata")
    expect_status(done, 4)
    expect(len(case.lines("rejects")) == 2, case.lines("rejects"))


@test
def listing_is_no_list(case):
    case.order(10, on_page={"1": [{"kind": "body", "body": "{\"data\": []}"} | STAY]})
    done = case.scan()
    expect_status(done, 5)
    expect_in("array", done.err)


@test
def listing_redirected(case):
    fault = {"kind": "code", "code": 301, "body": "", "headers": [["location", "http://127.0.0.1:1/elsewhere"]]}
    case.order(10, on_page={"1": [fault | STAY]})
    done = case.scan()
    expect_status(done, 5)
    expect_in("http://127.0.0.1:1/elsewhere", done.err)


@test
def odd_ids(case):
    ids = ["../x?y", "a b", "..", ".", "%2e%2e", "a/b#c", "ü€", "a&b=c", "\u202ex\x1b[31m", "\"quoted\"\\"]
    collection = case.order(10, status="FAILED", ids=ids)
    done = scan_list(case, "--archive", "a.ndjson")
    expect_status(done, 0)
    same_as_files(case, done, collection, range(10))
    for entry in case.requests():
        expect(re.fullmatch(r"\?.*|/[^/?#]+/status", entry["what"]), "out of its place:", entry["what"])
    expect(set(case.archive("a.ndjson")) == set(ids), "other ids in the archive")


@test
def long_id(case):
    """Escaped it is longer than any address may be: a reject as others, and the scan goes on."""
    ids = ["rec-a", "/" * 30000, "rec-b"]
    collection = case.order(3, status="FAILED", ids=ids)
    done = scan_list(case, "--rejects", "rejects")
    expect_status(done, 4)
    same_as_files(case, done, collection, [0, 2])
    expect_in("too long", done.err)
    expect(len(done.err) < 1000, "the id is shown whole")
    rejects = case.lines("rejects")
    expect(len(rejects) == 1 and rejects[0]["record"] == ids[1] and rejects[0]["http"] is None, rejects)


@test
def odd_collection(case):
    case.name = "../other?x"
    case.order(5, status="FAILED")
    done = case.scan("--format", "json")
    expect_status(done, 0)
    expect(json.loads(done.out)["records"] == 5, done.out)


# ---- ends

@test
def wrong_key(case):
    case.order(10)
    done = case.scan(env={"CORTEX_API_KEY": "another"})
    expect_status(done, 5)
    expect_in("401", done.err)
    expect(done.err.count("\n") == 1, "more than one line:", done.err)
    expect(len(case.requests()) == 1, "asked again with a wrong key")


@test
def forbidden_on_the_way(case):
    case.order(50, status="FAILED", latency=0.01,
               on={"rec-000020": [{"kind": "code", "code": 403, "message": "Not yours"} | STAY]})
    done = case.scan("--jobs", "1", "--archive", "a.ndjson")
    expect_status(done, 5)
    expect_in("403", done.err)
    expect_in("Not yours", done.err)
    expect_in("--resume", done.err)
    expect(len(case.archive("a.ndjson")) == 20, "records that came are lost")


@test
def patience(case):
    case.order(10, status="FAILED", on={f"rec-{number:06}": [{"kind": "code", "code": 429} | STAY] for number in range(5, 10)})
    done = case.scan("--patience", "2", "--jobs", "1", "--archive", "a.ndjson", "--format", "json")
    expect_status(done, 5)
    expect_in("5 records are in a.ndjson, and the same command with --resume goes on from there", done.err)
    expect(json.loads(done.out)["records"] == 5, "what came is not shown")


@test
def no_server(case):
    done = case.scan("--retries", "0", url="http://127.0.0.1:1")
    expect_status(done, 5)
    expect_in("127.0.0.1", done.err)


# ---- what is kept

def archive(case, name):
    collection = case.order(120)
    done = scan_list(case, "--archive", name, "-o", "run.errata")
    expect_status(done, 0)
    found = case.archive(name)
    expect(len(found) == len(collection.matching("FAILED")), "not all in the archive")
    for record, document in found.items():
        put = list(document)[:4]
        expect(put == ["record_id", "collection_id", "app_id", "fetched_at"], put)
        own = collection.document(collection.number_of(record))
        expect({key: document[key] for key in own} == own, record)
    from_archive = case.files("list", "--limit", "0", "--format", "ndjson", name)
    expect(from_archive == done.out, "the archive gives other issues")
    expect(case.files("list", "--limit", "0", "--format", "ndjson", "run.errata") == done.out, "the index gives others")
    expect(case.groups(name) == case.groups("run.errata"), "other groups")


@test
def archive_plain(case):
    archive(case, "a.ndjson")


@test
def archive_gz(case):
    archive(case, "a.ndjson.gz")


@test
def archive_zst(case):
    archive(case, "a.ndjson.zst")


@test
def archive_gives_the_same_index(case):
    """Table by table, but for the kind of the source (a scan of all has no limits to be noted)."""
    case.order(120, on={"rec-000003": [{"kind": "pretty", "newline": "\r\n"}], "rec-000004": [{"kind": "code", "code": 500}]})
    for name in ("a.ndjson", "a.ndjson.zst"):
        expect_status(case.scan("--status", "ALL", "--archive", name, "-o", "run.errata"), 0)
        case.files("index", "-o", "again.errata", name)
        run, again = (index_format.Index((case.folder / index).read_bytes()).columns
                      for index in ("run.errata", "again.errata"))
        differ = [column for column in run if run[column] != again[column]]
        expect(differ == ["sources.kind"], differ)


@test
def archive_of_several_lines(case):
    case.order(3, status="FAILED", on={f"rec-{number:06}": [{"kind": "pretty", "newline": "\r\n"}] for number in range(3)})
    expect_status(case.scan("--archive", "a.ndjson"), 0)
    expect((case.folder / "a.ndjson").read_bytes().count(b"\n") == 3, "not a line for each record")
    expect(len(case.archive("a.ndjson")) == 3, "not all in the archive")


@test
def archive_is_there(case):
    """What an archive holds is not lost to a slip of the hand."""
    case.order(5, status="FAILED")
    expect_status(case.scan("--archive", "a.ndjson"), 0)
    before = (case.folder / "a.ndjson").read_bytes()
    done = case.scan("--archive", "a.ndjson")
    expect(done.status in (3, 6), f"ended with {done.status}")
    expect_in("--resume", done.err.replace("resume", "--resume"))
    expect((case.folder / "a.ndjson").read_bytes() == before, "the archive was touched")


@test
def archive_finds_no_room(case):
    """What was whole before the disk was full stays, and the rest can be had later."""
    case.order(60, status="FAILED", latency=0.2)
    limit = 25000
    done = case.scan("--archive", "a.ndjson", "--format", "json", "--jobs", "4",
                     preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    expect_status(done, 6)
    expect_in("a.ndjson: cannot be written: File too large", done.err)
    there = len(case.archive("a.ndjson"))
    expect(0 < there < 60, "nothing was kept")
    expect_in(f"{there} record{'s are' if there > 1 else ' is'} in a.ndjson, and", done.err)
    expect_status(case.scan("--archive", "a.ndjson", "--resume"), 0)
    expect(len(case.archive("a.ndjson")) == 60, "not all in the archive")


@test
def archive_is_being_written(case):
    case.order(50, status="FAILED", hold=0)
    child = start_scan(case, "--archive", "a.ndjson")
    wait_for(case.asked, child)
    done = case.scan("--archive", "a.ndjson", "--resume")
    expect_status(done, 6)
    expect_in("another process is writing it", done.err)
    case.open()
    expect_status(case.end(child, 0), 0)


@test
def resume_asks_only_for_the_rest(case):
    fault = [{"kind": "code", "code": 500} | STAY]
    case.order(40, status="FAILED", on={"rec-000011": fault, "rec-000029": fault})
    done = case.scan("--retries", "0", "--archive", "a.ndjson")
    expect_status(done, 4)
    expect_in("--resume", done.err)
    case.order(40, status="FAILED")
    before = len(case.requests())
    done = case.scan("--archive", "a.ndjson", "--resume", "--format", "json")
    expect_status(done, 0)
    expect(json.loads(done.out)["records"] == 40, done.out)
    asked = {entry["what"] for entry in case.requests()[before:] if entry["what"].startswith("/")}
    expect(asked == {"/rec-000011/status", "/rec-000029/status"}, asked)
    expect(len(case.archive("a.ndjson")) == 40, "not all in the archive")


@test
def resume_leaves_what_is_not_ours(case):
    """A slip of the hand, or a disk that damaged the file, loses nothing: only what was cut off is cut back."""
    case.order(5, status="FAILED")
    strangers = {"a.tar.gz": gzip.compress(b"./\0" * 400), "b.ndjson.gz": gzip.compress(b'{"note":1}'),
                 "c.ndjson": b'{"record_id":"u","mine":1}', "d.ndjson.gz": gzip.compress(b"no end\n" * 100)[:-9]}
    for name, data in strangers.items():
        (case.folder / name).write_bytes(data)
        expect_status(case.scan("--archive", name, "--resume"), 3)
        expect((case.folder / name).read_bytes() == data, name, "was touched")
    for name in ("e.ndjson.gz", "e.ndjson.zst"):
        expect_status(case.scan("--archive", name), 0)
        path = case.folder / name
        data = bytearray(path.read_bytes() * 2)
        data[len(data) // 4] ^= 0x10
        path.write_bytes(data)
        done = case.scan("--archive", name, "--resume")
        expect_status(done, 3)
        expect_in(name + ": it is damaged at byte ", done.err)
        expect(path.read_bytes() == data, name, "was touched")
    # Where damage makes another text, the checksum behind it tells that from a stranger's file.
    expect_status(case.scan("--archive", "f.ndjson"), 0)
    path = case.folder / "f.ndjson.gz"
    data = bytearray(gzip.compress((case.folder / "f.ndjson").read_bytes(), 0))
    data[data.index(b"record_id")] ^= 0x10
    path.write_bytes(data)
    done = case.scan("--archive", path.name, "--resume")
    expect_status(done, 3)
    expect_in("f.ndjson.gz: it is damaged at byte ", done.err)
    expect(path.read_bytes() == data, path.name, "was touched")


@test
def resume_of_another_collection(case):
    case.order(5, status="FAILED")
    expect_status(case.scan("--archive", "a.ndjson"), 0)
    case.name = "another"
    case.order(5, status="FAILED")
    done = case.scan("--archive", "a.ndjson", "--resume")
    expect_status(done, 3)
    expect_in("collection", done.err)


# ---- the terminal and signals

@test
def interrupted(case):
    collection = case.order(200, status="FAILED", hold=30)
    child = start_scan(case, "--archive", "a.ndjson", "--format", "json")
    wait_for(lambda: case.asked() == 38, child)
    interrupt(child)
    case.open()
    done = case.end(child, 0)
    expect_status(done, 130)
    there = json.loads(done.out)["records"]
    expect(there == 38, "not what had come and was under way:", there)
    expect(len(case.archive("a.ndjson")) == there, "the archive has others than the answer")
    expect_in(f"{there} records are in a.ndjson, and the same command with --resume goes on from there", done.err)
    done = scan_list(case, "--archive", "a.ndjson", "--resume")
    expect_status(done, 0)
    same_as_files(case, done, collection, range(200))


@test
def interrupted_twice(case):
    """What is under way never comes."""
    case.order(200, status="FAILED", hold=50)
    child = start_scan(case, "--archive", "a.ndjson.gz")
    wait_for(lambda: case.asked() == 58, child)
    interrupt(child)
    harness.read_until(child, b"interrupt again to leave now\n")
    child.send_signal(signal.SIGINT)
    done = case.end(child, 0)
    expect_status(done, 130)
    expect(done.out == "", done.out)
    expect_in("50 records are in a.ndjson.gz", done.err)
    expect_in("--resume", done.err)
    expect(len(case.archive("a.ndjson.gz")) == 50, "not what had come")


def on_a_terminal(case, *words):
    """What standard error shows there, and the exit status; None where there are no terminals."""
    try:
        master, slave = pty.openpty()
    except OSError:
        return None
    child = subprocess.Popen([harness.ERRATA, *words], env=harness.environment(case.server.url, TERM="xterm"),
                             stdout=subprocess.DEVNULL, stderr=slave)
    os.close(slave)
    shown = b""
    while select.select([master], [], [], harness.PATIENCE)[0]:
        try:
            shown += os.read(master, 65536)
        except OSError:
            break
    os.close(master)
    harness.search(shown, "the terminal")
    return shown.decode(), child.wait()


@test
def progress_on_a_terminal(case):
    case.order(300, status="FAILED", latency=0.02)
    shown = on_a_terminal(case, "scan", "--collection", case.name, "--rate", "0")
    if shown is None:
        return
    text, status = shown
    expect(status == 0, text)
    expect(re.search(r"\r\x1b\[K\d+ of (about )?300 records", text), text)
    expect(text.endswith("\r\x1b[K") and "\n" not in text, "the line stays there")


@test
def reader_went_away(case):
    """Whoever has seen enough is no failure; a scan that failed still is."""
    for code, status in ((404, 0), (403, 5)):
        case.order(40, status="FAILED", on={"rec-000007": [{"kind": "code", "code": code} | STAY]})
        words = ["scan", "--collection", case.name, "--rate", "0"]
        read, write = os.pipe()
        os.close(read)
        child = subprocess.run([harness.ERRATA, *words], env=harness.environment(case.server.url), stdout=write,
                               stderr=subprocess.PIPE, check=False)
        os.close(write)
        expect(child.returncode == status, child.returncode, child.stderr)


@test
def stats(case):
    case.order(50, status="FAILED")
    done = case.scan("--stats")
    expect_status(done, 0)
    told = json.loads(done.err)
    expect(told["documents"] == 50 and told["bytes"] > 50 * 100, told)


@test
def scope_is_noted(case):
    case.order(20)
    expect_status(case.scan("--search", "Loan 1", "--tag", "odd", "-o", "run.errata"), 0)
    expect_in(b"--status FAILED --search", (case.folder / "run.errata").read_bytes())


@test
def scope_is_said(case):
    """By a summary, at once and of indexes that were kept."""
    collection = case.order(20)
    expect_in("\nOnly records with --status FAILED were fetched.\n", case.scan("-o", "failed.errata").out)
    expect_in("\nOnly records with --status FAILED were fetched.\n", case.files("failed.errata"))
    done = case.scan("--status", "ALL", "--tag", "\x1b[2m" + "x" * 60, "-o", "tag.errata")
    expect_in("\nOnly records with --tag \\u{1B}[2mxxxxxxxxxxxxxxxxxxxxxxxx… were fetched.\n", done.out)
    expect("were fetched" not in case.scan("--status", "ALL").out, "a scan that was not limited")
    harness.write_documents(case.folder / "own.ndjson", collection, range(3), case.name)
    expect_in("\nIn 1 of 2 sources, only records with --status FAILED were fetched.\n",
              case.files("failed.errata", "own.ndjson"))
    expect_in("\nIn 2 of 3 sources, only records with --status FAILED (or others) were fetched.\n",
              case.files("failed.errata", "own.ndjson", "tag.errata"))


if __name__ == "__main__":
    harness.run_cases()
