#!/usr/bin/env python3
"""errata against an independent reading in Python: every case file and random sources, group by group and issue by issue.

differential.py [SEEDS [FIRST]]: how many random sources (default ERRATA_SEEDS or 400), from which seed on; to see one again:
python3 -c 'from generate import Generator; print(Generator(SEED).source())'. ERRATA_DUMP is tests/tools/dump.c, built;
ERRATA_PROGRAM the program, where there is one.
"""

import datetime
import difflib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from generate import Generator
from reading import KINDS, Source, dump, numbered, render

CASES = pathlib.Path(__file__).resolve().parent.parent / "cases"
DUMP = os.environ["ERRATA_DUMP"]
PROGRAM = os.environ.get("ERRATA_PROGRAM")
# Seconds, where a program does not end: a busy machine takes its time.
PATIENCE = 240


def time_text(seconds):
    if seconds == 0:
        return None
    days, rest = divmod(seconds, 86400)
    date = datetime.date(1970, 1, 1) + datetime.timedelta(days=days)
    return f"{date.year:04}-{date.month:02}-{date.day:02}T{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}Z"


def issue_rows(source, name):
    """As list --format ndjson gives them, and the number of the record of each."""
    rows = []
    for number, document, start, record in numbered(source)[0]:
        for key, rule_message, issues in document.rule_errors:
            for issue in issues:
                row = {"record": document.record, "collection": document.collection, "app": document.app,
                       "fetched_at": time_text(document.fetched_at), "status": document.status, "key": key,
                       "rule_message": rule_message, "code": issue["code"], "path": render(issue["path"]),
                       "pattern": render(issue["path"], True), "expected": issue["expected"], "received": issue["received"],
                       "message": issue["message"], "source": name, "document": number, "line": source.line(start)}
                for mark in ("expected_json", "received_json"):
                    if issue[mark]:
                        row[mark] = True
                rows.append((row, record))
    return rows


def order(values):
    """Absent first, then bytewise."""
    return [(value is not None, (value or "").encode()) for value in values]


def groups(rows, fields):
    """[(values, issues, records, first row)], most issues first."""
    found = {}
    for row, record in rows:
        entry = found.setdefault(tuple(row[field] for field in fields), [0, set(), row])
        entry[0] += 1
        entry[1].add(record)
    out = [(values, issues, len(records), first) for values, (issues, records, first) in found.items()]
    return sorted(out, key=lambda group: (-group[1], order(group[0])))


def group_document(source, rows, fields):
    listed = []
    for values, issues, records, first in groups(rows, fields):
        listed.append(dict(zip(fields, values), issues=issues, records=records,
                           first={name: first[name] for name in ("record", "source", "document", "path", "message")}))
    return {"by": list(fields), "issues": len(rows), "records": len({record for _, record in rows}), "groups_total": len(listed),
            "documents": len(numbered(source)[0]), "rejects": len(source.rejects), "groups": listed}


def summary_document(source, rows):
    documents, records = numbered(source)
    statuses = {}
    deviations = dict.fromkeys(KINDS, 0)
    for _, document, _, _ in documents:
        statuses[document.status] = statuses.get(document.status, 0) + 1
        for kind, count in document.deviations.items():
            deviations[kind] += count
    top = {field: [{"value": values[0], "issues": issues, "records": count} for values, issues, count, _ in groups(rows, (field,))]
           for field in ("key", "code", "pattern")}
    return {"documents": len(documents), "records": records,
            "statuses": dict(sorted(statuses.items(), key=lambda item: (-item[1], item[0].encode()))),
            "rule_errors": sum(len(document.rule_errors) for _, document, _, _ in documents), "issues": len(rows),
            "rejects": len(source.rejects), "deviations": {kind: count for kind, count in deviations.items() if count}, "top": top,
            "top_total": {field: len(listed) for field, listed in top.items()}}


class Side:
    """One side of a comparison: what fails there, and who is there."""

    def __init__(self, source, name, fields):
        self.name = name
        self.rows = issue_rows(source, name)
        self.documents, self.rejects = len(numbered(source)[0]), len(source.rejects)
        self.failing = {record for _, record in self.rows}
        self.ids = {}
        for _, document, _, record in numbered(source)[0]:
            named = document.record is not None
            self.ids[record] = (document.app, document.collection, document.record) if named else None
        self.groups = {values: (issues, count) for values, issues, count, _ in groups(self.rows, fields)}

    def document(self):
        unnamed = {record for record, ids in self.ids.items() if ids is None}
        return {"name": self.name, "issues": len(self.rows), "records": len(self.failing), "records_total": len(self.ids),
                "documents": self.documents, "rejects": self.rejects, "unnamed": len(unnamed), "unnamed_failing": len(unnamed & self.failing)}

    def named(self, records):
        return {self.ids[record] for record in records if self.ids[record] is not None}


def change_of(issues):
    if issues[-1] == 0:
        return "gone"
    if issues[0] == 0:
        return "new"
    return "same" if issues[0] == issues[-1] else "grown" if issues[0] < issues[-1] else "shrunk"


def diff_document(sides, fields):
    old, new = sides[0], sides[-1]
    failed, fails = old.named(old.failing), new.named(new.failing)
    was, is_there = old.named(old.ids), new.named(new.ids)
    newly = (fails & was) - failed
    changes = ("new", "gone", "grown", "shrunk", "same")
    listed = []
    for values in set().union(*(side.groups for side in sides)):
        issues, records = zip(*(side.groups.get(values, (0, 0)) for side in sides))
        fresh = new.named(record for row, record in new.rows if tuple(row[field] for field in fields) == values) & newly
        listed.append(dict(zip(fields, values), change=change_of(issues), issues=list(issues), records=list(records),
                           newly_failing=len(fresh)))
    listed.sort(key=lambda group: (changes.index(group["change"]), -max(group["issues"]), order(group[field] for field in fields)))
    totals = {"groups": {change: sum(group["change"] == change for group in listed) for change in changes},
              "newly_failing": len(newly), "no_longer_failing": len((failed & is_there) - fails),
              "still_failing": len(failed & fails), "added": len(fails - was), "removed": len(failed - is_there)}
    return {"by": list(fields), "sides": [side.document() for side in sides], "totals": totals, "groups": listed}


def run(arguments, wanted_exits=(0,)):
    result = subprocess.run(arguments, capture_output=True, check=False, timeout=PATIENCE)
    if result.returncode not in wanted_exits:
        raise SystemExit(f"{arguments}: exit {result.returncode}\n{result.stderr.decode(errors='replace')}")
    return result.stdout.decode()


def differ(wanted, got):
    if wanted == got:
        return None
    lines = difflib.unified_diff(wanted.splitlines(), got.splitlines(), "python", "errata", lineterm="", n=1)
    return "\n".join(line[:400] for line in list(lines)[:20])


def compare_dumps(inputs, framing, strict, digit_names):
    """inputs: {path: (data, label)}, read by one process. Returns {path: difference}."""
    options = [f"--{framing}"] * (framing != "auto") + ["--strict"] * strict + ["--digit-names"] * digit_names
    got = {}
    for part in run([DUMP, *options, *inputs]).split("== ")[1:]:
        path, text = part.split("\n", 1)
        got[path] = text
    found = {path: differ(dump(Source(data, os.path.basename(path), framing, strict, digit_names)), got[path])
             for path, (data, _) in inputs.items()}
    for path, difference in found.items():
        if difference:
            print(f"{inputs[path][1]}, {framing}, strict {strict}, digit names {digit_names}:\n{difference}")
    return found


def compare_program(path, data, name, framing):
    """The machine formats of the command line."""
    source = Source(data, name, framing)
    rows = issue_rows(source, str(path))
    options = ["--keep-going", "--framing", framing, str(path)]
    exits = (4,) if source.rejects else (0,)
    found = []
    listed = run([PROGRAM, "list", "--format", "ndjson", *options], exits)
    found.append(differ("".join(json.dumps(row, ensure_ascii=False) + "\n" for row, _ in rows),
                        "".join(json.dumps(json.loads(line), ensure_ascii=False) + "\n" for line in listed.split("\n") if line)))
    fields = ("key", "code", "pattern")
    grouped = json.loads(run([PROGRAM, "group", "--format", "json", *options], exits))
    found.append(differ(json.dumps(group_document(source, rows, fields), indent=1), json.dumps(grouped, indent=1)))
    fields = ("path", "message")
    grouped = json.loads(run([PROGRAM, "group", "--by", ",".join(fields), "--format", "json", *options], exits))
    found.append(differ(json.dumps(group_document(source, rows, fields), indent=1), json.dumps(grouped, indent=1)))
    summed = json.loads(run([PROGRAM, "summary", "--format", "json", *options], exits))
    found.append(differ(json.dumps(summary_document(source, rows), indent=1), json.dumps(summed, indent=1)))
    return next((difference for difference in found if difference), None)


def compare_diff(inputs, framing):
    """inputs: [(path, data)], the sides."""
    fields = ("key", "code", "pattern")
    sides = [Side(Source(data, os.path.basename(path), framing), path, fields) for path, data in inputs]
    arguments = [PROGRAM, "diff", "--format", "json", "--keep-going", "--framing", framing, *(path for path, _ in inputs)]
    got = json.loads(run(arguments, (0, 4)))
    return differ(json.dumps(diff_document(sides, fields), indent=1), json.dumps(got, indent=1))


def compare_cases():
    """Every case file in every way. Returns (compared, failures)."""
    inputs = {str(path): (path.read_bytes(), path.name) for path in sorted(CASES.iterdir()) if path.suffix in (".json", ".ndjson")}
    failures = 0
    for way in range(12):
        found = compare_dumps(inputs, ("auto", "lines", "stream")[way % 3], bool(way // 3 % 2), bool(way // 6))
        failures += sum(difference is not None for difference in found.values())
    for path, (data, label) in inputs.items() if PROGRAM else ():
        difference = compare_program(path, data, label, "auto")
        if difference:
            print(f"{label}:\n{difference}")
            failures += 1
    return 12 * len(inputs), failures


def compare_random(seeds):
    """Returns how many differ."""
    failures = 0
    ways = {}
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            data, name, framing = Generator(seed).source()
            # .gz in a name is only for the framing: what is not compressed is read as it is.
            path = pathlib.Path(folder) / str(seed) / (name or "unnamed")
            path.parent.mkdir()
            path.write_bytes(data)
            ways.setdefault((framing, seed % 5 == 0, seed % 7 == 0), {})[str(path)] = data, f"seed {seed}"
        for way, inputs in ways.items():
            found = compare_dumps(inputs, *way)
            for number, (path, (data, label)) in enumerate(inputs.items()):
                difference = found[path]
                if difference is None and PROGRAM and number % 10 == 0:
                    difference = compare_program(path, data, os.path.basename(path), way[0])
                    if difference:
                        print(f"{label}, {way[0]}, by the program:\n{difference}")
                failures += difference is not None
            failures += compare_neighbours(inputs, way[0]) if PROGRAM else 0
    return failures


def compare_neighbours(inputs, framing):
    """Each second source as a side with those behind it."""
    failures = 0
    paths = list(inputs)
    for first in range(0, len(paths) - 1, 2):
        sides = paths[first : first + 2 + first % 3]
        difference = compare_diff([(path, inputs[path][0]) for path in sides], framing)
        if difference:
            print(f"{', '.join(inputs[path][1] for path in sides)}, {framing}, compared:\n{difference}")
            failures += 1
    return failures


def main():
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else int(os.environ.get("ERRATA_SEEDS", "400"))
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    compared, failures = compare_cases()
    failures += compare_random(range(first, first + seeds))
    print(f"{compared + seeds} compared, {failures} differ")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
