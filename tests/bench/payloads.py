"""The payloads that benchmarks read: each shape is what it says it is, and the same arguments give the same bytes.

A figure means something only when the payload is read whole, so every shape must be read without a reject.
"""
import json
import os
import subprocess
import sys

GENERATOR = os.environ["ERRATA_BENCH_GEN"]
PROGRAM = os.environ.get("ERRATA_PROGRAM")
SIZE = 60_000

failures = 0


def check(holds, what):
    global failures
    if not holds:
        failures += 1
        print(f"FAIL: {what}")


def generate(*arguments):
    return subprocess.run([GENERATOR, *map(str, arguments)], check=True, stdout=subprocess.PIPE).stdout


def documents_of(text):
    decoder, at, found = json.JSONDecoder(), 0, []
    while at < len(text):
        value, end = decoder.raw_decode(text, at)
        found.append(value)
        check(text[end:end + 1] == "\n", "a document is followed by a line end")
        at = end + 1
    return found


def issues_of(documents):
    return [issue for document in documents for error in document.get("errors", []) for issue in error["errors"]]


def shape(name):
    text = generate(name, SIZE).decode("utf-8")
    documents = documents_of(text)
    return text, documents, issues_of(documents)


def distinct(values):
    values = [json.dumps(value) for value in values]
    return len(set(values)) == len(values)


def names():
    usage = subprocess.run([GENERATOR], stderr=subprocess.PIPE, text=True, check=False)
    check(usage.returncode == 2, "without arguments the generator shows its usage")
    return [line.split()[0] for line in usage.stderr.split("Shapes", 1)[1].splitlines()[1:]]


def every_shape():
    for name in names():
        one = generate(name, SIZE)
        check(SIZE <= len(one) < 4 * SIZE, f"{name} ends soon behind the size asked for")
        check(one == generate(name, SIZE) == generate("--seed", 0, name, SIZE), f"{name} is the same again")
        check(generate(name, SIZE, 7) == generate("--seed", 7, name, SIZE), f"{name}: the seed may stand either way")
        if name not in ("U", "U2"):
            check(one != generate(name, SIZE, 7), f"{name} is another with another seed")
        _, documents, issues = shape(name)
        records = {(document["collection_id"], document["record_id"]) for document in documents}
        check(len(documents) < 20 or 0 < len(documents) - len(records), f"{name}: some records come again")
        check(name == "C" or issues, f"{name} has issues")
        if PROGRAM:
            read = subprocess.run([PROGRAM, "summary", "--format", "json", "-"], input=one,
                                  stdout=subprocess.PIPE, check=False)
            check(read.returncode == 0, f"{name} is read without trouble")
            summary = json.loads(read.stdout)
            check(summary["documents"] == len(documents) and summary["issues"] == len(issues)
                  and summary["records"] == len(records) and summary["rejects"] == 0,
                  f"{name} is read whole")


def each_is_what_it_says():
    text, documents, issues = shape("R")
    check(text.count("\n") == len(documents), "R is one document a line")
    check(len({issue["code"] for issue in issues}) >= 9, "R has many codes")
    check(len({len(document["errors"][0]["errors"]) for document in documents}) > 1, "R leaves issues out")

    text, pretty, _ = shape("P")
    check(text.startswith(json.dumps(pretty[0], indent=2, ensure_ascii=False)), "P is as JSON.stringify lays it out")
    check(pretty == documents[:len(pretty)], "P says what R says")

    for name, kind in (("U", int), ("U2", str)):
        _, documents, issues = shape(name)
        check(len(documents) == 1, f"{name} is one document")
        check(distinct(issue["path"] for issue in issues), f"{name} has no path twice")
        check(all(isinstance(step, kind) for issue in issues for step in issue["path"][1::2][:2]),
              f"{name} has positions of type {kind.__name__}")
    check(len(shape("D")[1]) == 1, "D is one document")

    check(all(len(issues_of([document])) == 3 for document in shape("S")[1]), "S has three issues a document")
    check(all(set(document) == {"record_id", "collection_id", "status"} for document in shape("C")[1]),
          "C has no errors")
    for name in ("M", "ME", "M2"):
        text, _, issues = shape(name)
        check(distinct(issue["message"] for issue in issues), f"{name} has no message twice")
        check(name == "ME" or text.isascii(), f"{name} is ASCII")
    check(distinct(issue["received"] for issue in shape("M2")[2]), "M2 has no received value twice")
    check("\\" not in shape("M")[0] and "\\" in shape("ME")[0], "ME has escapes, M has none")

    text, _, _ = shape("E")
    for part in ("\\ud83d\\ude00", "\\u", "\\n", "\\\"", "\\/", "é", "円"):
        check(part in text, f"E has {part}")
    check(all('"unionErrors"' in line and '"errors":[[' in line for line in shape("N")[0].splitlines()),
          "N has unions of both versions of Zod")
    check('"errors":[[' in shape("V")[0] and '"unionErrors"' not in shape("V")[0], "V is Zod 4's")


def sizes():
    check(len(documents_of(generate("--documents", 5, "S").decode())) == 5, "so many documents as asked for")
    check(100 <= len(issues_of(documents_of(generate("--issues", 100, "S").decode()))) < 103, "so many issues")
    check(len(generate("S", "10K")) == len(generate("S", "10000")), "K is a thousand")
    for arguments in (["X", "1"], ["R", "1x"], ["R", "-1"], ["R", "99999999999G"], ["R", "1", "2", "3"], ["--seed", "a", "R"]):
        outcome = subprocess.run([GENERATOR, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        check(outcome.returncode == 2 and not outcome.stdout, f"{arguments} is refused")


every_shape()
each_is_what_it_says()
sizes()
print("payloads:", "failed" if failures else "ok")
sys.exit(1 if failures else 0)
