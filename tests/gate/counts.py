"""What errata check finds in random runs, against the same rules written down in Python (docs/check.md)."""
import collections
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

PROGRAM = os.environ["ERRATA_PROGRAM"]
ROUNDS = 60
LIMITS = ("max_issues", "max_records", "max_records_percent", "max_new_groups")


def make_run(draw):
    """Issues as (record, key, code, path), and the documents that hold them. None is a missing value."""
    issues, documents = [], []
    for number in range(draw.randrange(1, 30)):
        record = f"r-{draw.randrange(20)}" if draw.random() < 0.8 else None
        identity = record or number
        errors = []
        for _ in range(draw.choice((0, 0, 1, 1, 2, 4))):
            key, code = draw.choice(("A", "B", "C", "D", None)), draw.choice(("x", "y", None))
            path = [draw.choice("pq"), draw.randrange(3)]
            issue = {"message": "m", "path": path} | ({"code": code} if code else {})
            errors.append({"message": "m", "errors": [issue]} | ({"key": key} if key else {}))
            issues.append((identity, key, code, path[0], path[1]))
        documents.append({"status": "FAILED", "errors": errors} | ({"record_id": record} if record else {}))
    return issues, documents


def records_read(documents):
    named = {document["record_id"] for document in documents if "record_id" in document}
    return len(named) + sum("record_id" not in document for document in documents)


def group(issues):
    """Issues and records by (key, code)."""
    groups = collections.defaultdict(lambda: [0, set()])
    for record, key, code, *_ in issues:
        groups[key, code][0] += 1
        groups[key, code][1].add(record)
    return {name: (count, len(records)) for name, (count, records) in groups.items()}


def find(issues, whole, known):
    """What a rule about some of the issues finds, for each limit."""
    if known is None:
        records = len({issue[0] for issue in issues})
        return {"max_issues": len(issues), "max_records": records, "max_records_percent": records}
    groups = group(issues)
    fresh = {name for name in groups if name not in known}
    grown = {name for name in groups if name in known and whole[name][0] > known[name][0]}
    counted = sum(groups[name][0] for name in fresh)
    counted += sum(min(groups[name][0], whole[name][0] - known[name][0]) for name in grown)
    records = len({issue[0] for issue in issues if issue[1:3] in fresh})
    records += sum(min(groups[name][1], max(0, whole[name][1] - known[name][1])) for name in grown)
    return {"max_issues": counted, "max_records": records, "max_records_percent": records,
            "max_new_groups": len(fresh)}


RULES = [
    ("all", [], lambda issue: True),
    ("A or none", ["key !in [\"B\",\"C\",\"D\"]"], lambda issue: issue[1] in ("A", None)),
    ("place", ["path ~ ^p", "path in [\"*[0]\",\"*[1]\"]"], lambda issue: issue[3] == "p" and issue[4] < 2),
    ("coded", ["code"], lambda issue: issue[2] is not None),
]


def check(folder, *arguments):
    done = subprocess.run([PROGRAM, "check", "--by", "key,code", *arguments], cwd=folder, capture_output=True)
    return done.returncode, done.stdout, done.stderr.decode()


def write(path, documents):
    path.write_text("".join(json.dumps(document) + "\n" for document in documents))


def expect(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: found {found!r}, expected {expected!r}")


def one_round(draw, folder, with_baseline):
    (old, old_documents), (new, new_documents) = make_run(draw), make_run(draw)
    write(folder / "old.ndjson", old_documents)
    write(folder / "new.ndjson", new_documents)
    (folder / "known.json").unlink(missing_ok=True)
    expect("writing", check(folder, "--write-baseline", "known.json", "old.ndjson")[0], 0)
    known = group(old) if with_baseline else None
    limits = LIMITS if with_baseline else LIMITS[:3]
    rules = [{"name": name, "where": terms, "severity": draw.choice(("fail", "warn"))}
             | {limit: draw.randrange(0, 20) for limit in limits} for name, terms, _ in RULES]
    (folder / "policy.json").write_text(json.dumps({"rules": rules}))
    baseline = ["--baseline", "known.json"] if with_baseline else []
    status, out, said = check(folder, *baseline, "--policy", "policy.json", "--format", "json", "new.ndjson")
    verdict = json.loads(out or sys.exit(said))
    clauses = iter(verdict["clauses"])
    failed = False
    for rule, (name, _, passes) in zip(rules, RULES):
        found = find([issue for issue in new if passes(issue)], group(new), known)
        for limit in limits:
            clause = next(clauses)
            allowed = rule[limit]
            if limit == "max_records_percent":
                allowed = allowed * records_read(new_documents) // 100
            expect(f"{name}, {limit}", [clause[part] for part in ("name", "limit", "allowed", "found", "passed")],
                   [name, limit, allowed, found[limit], found[limit] <= allowed])
            failed = failed or (found[limit] > allowed and rule["severity"] == "fail")
    expect("passed", (verdict["passed"], status), (not failed, int(failed)))
    stale = {(row["key"], row["code"]) for row in verdict["stale"]}
    expect("stale", stale, set(known or ()) - set(group(new)))


def main():
    seed = int(os.environ.get("ERRATA_SEED", "20261124"))
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        for number in range(ROUNDS):
            try:
                one_round(draw, pathlib.Path(name), number % 4 != 0)
            except SystemExit as end:
                sys.exit(f"seed {seed}, round {number}: {end}")
    print(f"{ROUNDS} rounds")


main()
