"""Runs the programs of examples/ on the sample payloads and compares with what Python's json finds there."""
import collections
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])
PROGRAMS = pathlib.Path(os.environ["ERRATA_BUILD_ROOT"]) / "examples"
LOANS = ROOT / "examples/loans.ndjson"


def run(name, *arguments, stdin=None, status=0):
    done = subprocess.run([PROGRAMS / f"example-{name}", *arguments], input=stdin, capture_output=True)
    if done.returncode != status:
        sys.exit(f"{name} ended with {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode()


def expect(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: found {found!r}, expected {expected!r}")


def main():
    documents = [json.loads(line) for line in LOANS.read_text(encoding="utf-8").splitlines()]
    issues = [(rule["key"], issue) for document in documents for rule in document.get("errors") or []
              for issue in rule["errors"]]
    first, *rows = run("summary", LOANS).splitlines()
    expect("summary", first, f"{len(documents)} documents, {len(documents)} records, {len(issues)} issues")
    groups = collections.Counter((key, issue["code"]) for key, issue in issues)
    top = sorted(groups.items(), key=lambda item: (-item[1], item[0]))[:10]
    expect("summary", [row.split() for row in rows], [[str(count), *names] for names, count in top])

    matching = [issue["message"] for _, issue in issues if "income" in issue["message"].lower()]
    found = [json.loads(line)["message"] for line in run("filter", LOANS, "(?i)income").splitlines()]
    expect("filter", found, matching)
    run("filter", LOANS, "(", status=1)
    run("summary", ROOT / "examples/none.json", status=1)

    *rejects, last = run("pipe", stdin=(ROOT / "examples/damaged.ndjson").read_bytes()).splitlines()
    lines = [int(reject.split(":")[0].removeprefix("line ")) for reject in rejects]
    expect("pipe", lines, [2, 4, 6, 7, 9, 10, 11, 13])
    expect("pipe", last.split(", ")[0], "7 documents")
    expect("pipe", last.split(", ")[2], "8 rejects")


main()
