"""--redact: payloads with secrets planted in them, and no trace of one in whatever a command writes.

Commands and formats are those that the program's own help names, so one that is added later is held to it as well.
Each way of answering is run twice: without --redact, to see that the secrets would be there, and with it. All that comes out
is searched: both streams, and every file in the folder.
"""
import csv
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])
sys.path += [str(ROOT / "tests/http"), str(ROOT / "tests/manual")]
import told  # noqa: E402
from harness import PATIENCE, Failed, expect  # noqa: E402

PROGRAM = os.environ["ERRATA_PROGRAM"]
# They ask the API: tests/http/hidden.py. They write what is no answer: the next line.
OF_THE_API = {"fetch", "scan"}
NO_ANSWER = {"index"}
FIELDS = ("received", "expected", "message", "record")
MARK = re.compile(r"redacted:[0-9a-f]{16}")
DOCUMENTS = 12
BY_ALL = ("--by", "key,expected,received,message,rule_message,record")

# Operands and options of a command that make it show as much as it can. One that is not known here gets what is under "".
WAYS = {
    "summary": (["one.ndjson"], ["one.errata"], ["--where", "received ~ zebra", "one.ndjson"]),
    "group": ([*BY_ALL, "--limit", "0", "one.ndjson"], ["--by", "received,key", "--sort", "name", "one.errata"],
              ["one.ndjson", "bad.errata"]),
    "list": (["--limit", "0", "one.ndjson"], ["one.errata"], ["two.ndjson", "one.errata"], ["--grep", "zebra", "-"]),
    "diff": ([*BY_ALL, "one.ndjson", "two.ndjson"], ["--by", "message", "one.errata", "two.ndjson"]),
    "check": ([*BY_ALL, "--max-issues", "0", "one.ndjson"], ["--policy", "policy.json", "one.errata"],
              ["--write-baseline", "known.json", "one.ndjson"]),
    "report": (["one.ndjson"], ["--old", "one.errata", "two.ndjson"], ["--where", "received ~ zebra-received-", "one.errata"]),
    "": (["one.ndjson"], ["one.errata"], ["one.ndjson", "two.ndjson"]),
}

# By field: the plain secrets, each with a number behind it, and one that is no JSON string: with so many digits that a mark, which is
# random, does not hold them by chance.
PLANTED = {
    "received": ("zebra-received-", 771100771100),
    "expected": ("zebra-expected-", 772200772200),
    "message": ("zebra-message-", 773300773300),
    "record": ("zebra-record-", None),
}


def planted(field, number):
    words, odd = PLANTED[field]
    return odd + number if odd and number % 4 == 0 else f"{words}{number}"


def document(number, shift=0):
    """Values come again in other documents, and some are absent."""
    issues = []
    for at in range(3):
        value = (number + at) % 5 + shift
        issue = {"code": "custom", "expected": planted("expected", value), "received": planted("received", value),
                 "path": ["borrowers", at, "name"], "message": planted("message", value)}
        if (number + at) % 7 == 0:
            del issue["received"]
        issues.append(issue)
    rule = {"message": planted("message", number % 3), "errors": issues, "key": f"CHECK_{number % 2}"}
    return {"record_id": planted("record", number), "status": "FAILED", "errors": [rule]}


def damaged():
    """Lines that are rejects, with secrets where the excerpt is."""
    record, received = planted("record", 1), planted("received", 1)
    yield json.dumps({"record_id": record, "received": received})
    yield f'{{"record_id":"{record}","status":"FAILED","errors":[{{"message":"{planted("message", 1)}",]}}'
    yield json.dumps({"record_id": record, "status": "FAILED", "errors": {"received": received}})


def write_inputs(folder):
    lines = [json.dumps(document(number)) for number in range(DOCUMENTS)]
    (folder / "one.ndjson").write_text("\n".join(lines) + "\n")
    lines = [json.dumps(document(number, shift=1)) for number in range(3, DOCUMENTS + 3)]
    (folder / "two.ndjson").write_text("\n".join(lines) + "\n")
    (folder / "bad.ndjson").write_text("\n".join([*lines[:4], *damaged()]) + "\n")
    (folder / "policy.json").write_text(json.dumps(
        {"version": 1, "rules": [{"name": "none", "where": ["code = custom"], "max_issues": 0}]}))
    run(folder, "index", "-o", "one.errata", "one.ndjson")
    run(folder, "index", "-o", "bad.errata", "--keep-going", "bad.ndjson")


def run(folder, *words):
    return subprocess.run([PROGRAM, *words], cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, timeout=PATIENCE,
                          check=False)


def traces(field):
    words, odd = PLANTED[field]
    found = [words.encode(), words.encode("utf-16-le")]
    return found + [str(odd + number).encode() for number in range(0, 20, 4)] if odd else found


def search(data, fields):
    """The first secret of these fields that is in it."""
    return next((trace for field in fields for trace in traces(field) if trace in data), None)


def commands():
    return [name for name in told.commands() if name not in OF_THE_API | NO_ANSWER]


def formats(command):
    """What its help has behind --format, but for SQLite where errata is without; a command without the option has one."""
    names = told.options(command).get("format", [None])
    return [name for name in names if name != "sqlite" or told.has_sqlite()]


def with_rejects(words):
    return [*words[:-1], "bad.ndjson"] if words[-1] == "one.ndjson" else words


def outcome(inputs, command, words, redacted):
    """The exit status and all that a run wrote, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="errata-planted-") as folder:
        folder = pathlib.Path(folder)
        for path in inputs.iterdir():
            shutil.copy(path, folder)
        before = {path.name for path in folder.iterdir()}
        redact = [part for field in redacted for part in ("--redact", field)]
        with open(inputs / "one.ndjson", "rb") as stream:
            done = subprocess.run([PROGRAM, command, *redact, *words], cwd=folder, stdin=stream, capture_output=True,
                                  timeout=PATIENCE, check=False)
        files = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.name not in before and path.is_file()]
        return done.returncode, b"".join([done.stdout, done.stderr, *files]), done.stderr.decode()


def hidden(inputs, command, words, each=()):
    """Runs one way of answering without --redact, with all fields, and with each of some. Returns what would be seen without,
    and None where the program does not answer in this way."""
    plain, seen, said = outcome(inputs, command, words, ())
    if plain == 2:
        # Some formats are for files, and a command that is not known here may not take such operands.
        expect("-o" not in words or command not in WAYS, command, *words, said)
        return None
    for redacted in (FIELDS, *((field,) for field in each)):
        status, written, said = outcome(inputs, command, words, redacted)
        what = (command, *words, "--redact", ",".join(redacted))
        expect(status == plain, *what, "ended with", status, "not", plain, said)
        found = search(written, redacted)
        expect(found is None, *what, "shows", found)
        for field in set(FIELDS) - set(redacted):
            expect(search(written, [field]) or not search(seen, [field]), *what, "hides", field)
    return {field for field in FIELDS if search(seen, [field])}


def test_every_command_and_format(inputs):
    for command in commands():
        for name in formats(command):
            style = ["--format", name] if name else []
            seen = [hidden(inputs, command, [*style, *more, *words], each)
                    for words in WAYS.get(command, WAYS[""]) for more, each in ((["-o", "out"], FIELDS), ([], ()))]
            expect(any(found is not None for found in seen), command, name, "is never answered: tell WAYS how it is called")
            # Else this test sees nothing. A summary shows keys, codes and patterns.
            expect(command == "summary" or any(seen), command, name, "shows nothing to hide")
            for words in WAYS.get(command, WAYS[""]):
                for more in (["--keep-going"], ["--strict"], ["--rejects", "rejects"]):
                    hidden(inputs, command, [*style, "-o", "out", *more, *with_rejects(words)])


def rows(inputs, *words):
    done = run(inputs, "list", "--format", "ndjson", "one.ndjson", *words)
    expect(done.returncode == 0, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_equal_and_different(inputs):
    plain = rows(inputs)
    marked = rows(inputs, "--redact", ",".join(FIELDS))
    for field in (*FIELDS, "rule_message"):
        marks = {}
        for one, other in zip(plain, marked, strict=True):
            expect((one[field] is None) == (other[field] is None), field, "absent is not absent")
            if one[field] is not None:
                expect(MARK.fullmatch(other[field]), field, other[field])
                expect(marks.setdefault(one[field], other[field]) == other[field], field, "has two marks for one value")
        expect(len(marks) > 1 and len(set(marks.values())) == len(marks), field, "has one mark for two values")
    expect(all("received_json" not in row and "expected_json" not in row for row in marked), "a mark is no JSON value")
    expect(any("received_json" in row for row in plain), "nothing that is no string")


def test_other_marks_in_the_next_run(inputs):
    first, second = (set(MARK.findall(run(inputs, "list", "--redact", "record,message", "--format", "csv",
                                          "one.ndjson").stdout.decode())) for _ in range(2))
    expect(first and len(first) == len(second) and not first & second, "marks that two runs have in common")


def test_the_same_marks_in_one_run(inputs):
    """Of both sides of a comparison, and of filters and groups, as of the values themselves."""
    words = ("diff", "--by", "received,rule_message", "--format", "json", "one.ndjson", "two.ndjson")
    plain = json.loads(run(inputs, *words).stdout)
    marked = json.loads(run(inputs, *words, "--redact", "received,message,record").stdout)
    expect(plain["totals"] == marked["totals"], "another comparison", plain["totals"], marked["totals"])
    for filters in (["--where", "received = zebra-received-1"], ["--record", "zebra-record-3"], ["--grep", "zebra"]):
        expect(len(rows(inputs, *filters)) == len(rows(inputs, *filters, "--redact", ",".join(FIELDS))) > 0, filters)


def test_order_tells_nothing(inputs):
    """Groups by name come in the order of their marks."""
    done = run(inputs, "group", "--by", "record", "--sort", "name", "--limit", "0", "--format", "csv", "--redact", "record",
               "one.ndjson")
    values = [row["record"] for row in csv.DictReader(io.StringIO(done.stdout.decode()))]
    expect(len(values) == DOCUMENTS and values == sorted(values), values)


def main():
    tests = [test for name, test in globals().items() if name.startswith("test_")]
    failures = 0
    with tempfile.TemporaryDirectory(prefix="errata-planted-") as folder:
        folder = pathlib.Path(folder)
        write_inputs(folder)
        for test in tests:
            try:
                test(folder)
                print("ok", test.__name__)
            except Failed as failure:
                failures += 1
                print("FAILED", test.__name__, failure)
    return failures > 0


if __name__ == "__main__":
    sys.exit(main())
