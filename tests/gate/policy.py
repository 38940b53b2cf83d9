"""errata check against its own documents and against what the command line cannot make.

- docs/policy.schema.json and the program agree on which policies are well formed, but for what a schema cannot say.
  Skipped where there is no jsonschema (Debian: python3-jsonschema).
- A limit in per cent is refused for an index of a scan that was limited by status.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])
PROGRAM = os.environ["ERRATA_PROGRAM"]
LOANS = ROOT / "examples/loans-old.ndjson"
SKIP = 77

RULE = {"name": "a", "max_issues": 3}
WELL_FORMED = [
    {"rules": [RULE]},
    {"version": 1, "$schema": "x", "rules": [RULE]},
    {"rules": [RULE, RULE | {"name": "b"}]},
    {"rules": [RULE | {"max_issues": 0}]},
    {"rules": [RULE | {"max_issues": 5.0}]},
    {"rules": [RULE | {"max_issues": 2**64 - 1}]},
    {"rules": [RULE | {"where": []}]},
    {"rules": [RULE | {"where": ["key = A", "code", "path = a[*].b"]}]},
    {"rules": [RULE | {"severity": "warn"}]},
    {"rules": [RULE | {"severity": "fail"}]},
    {"rules": [{"name": "a", "max_records": 1}]},
    {"rules": [{"name": "a", "max_new_groups": 1}]},
    {"rules": [{"name": "a", "max_records_percent": 0}]},
    {"rules": [{"name": "a", "max_records_percent": 100}]},
    {"rules": [{"name": "a", "max_records_percent": 0.000001}]},
]
ILL_FORMED = [
    None, 5, [], {}, [RULE], {"rules": []}, {"rules": RULE}, {"rules": [5]}, {"rules": [[]]}, {"rules": [{}]},
    {"rules": [RULE], "more": 1}, {"version": 2, "rules": [RULE]}, {"version": "1", "rules": [RULE]},
    {"$schema": 1, "rules": [RULE]},
    {"rules": [{"name": "a"}]}, {"rules": [{"max_issues": 3}]},
    {"rules": [RULE | {"name": ""}]}, {"rules": [RULE | {"name": 5}]}, {"rules": [RULE | {"name": None}]},
    {"rules": [RULE | {"severity": "error"}]}, {"rules": [RULE | {"severity": None}]},
    {"rules": [RULE | {"where": "key = A"}]}, {"rules": [RULE | {"where": [5]}]}, {"rules": [RULE | {"where": [""]}]},
    {"rules": [RULE | {"where": {}}]}, {"rules": [RULE | {"max_issue": 1}]}, {"rules": [RULE | {"Name": "b"}]},
] + [
    {"rules": [{"name": "a", limit: value}]}
    for limit in ("max_issues", "max_records", "max_records_percent", "max_new_groups")
    for value in (-1, "1", None, True, [], {})
] + [
    {"rules": [{"name": "a", limit: value}]}
    for limit in ("max_issues", "max_records", "max_new_groups") for value in (1.5, 2**64)
] + [{"rules": [{"name": "a", "max_records_percent": value}]} for value in (100.5, 101)]
# Well formed, and refused: the schema's $comment lists these.
WRONG = [
    {"rules": [RULE, RULE]},
    {"rules": [RULE | {"where": ["kex = A"]}]},
    {"rules": [RULE | {"where": ["key = A", "key = B"]}]},
    {"rules": [{"name": "a", "max_records_percent": 0.0000001}]},
]


def check(*arguments):
    return subprocess.run([PROGRAM, "check", *arguments], capture_output=True)


def test_scope(folder):
    index = folder / "scan.errata"
    write = [os.environ["ERRATA_WRITE_INDEX"], "--scope", "--collection x --status FAILED", LOANS]
    index.write_bytes(subprocess.run(write, check=True, capture_output=True).stdout)
    policy = folder / "policy.json"
    policy.write_text(json.dumps({"rules": [{"name": "share", "max_records_percent": 100}]}))
    for arguments, name in ((["--max-records", "100%"], "--max-records"), (["--policy", policy], "share")):
        done = check(*arguments, index)
        said = done.stderr.decode()
        if done.returncode != 2 or done.stdout or name not in said or "--status FAILED" not in said:
            sys.exit(f"{arguments}: {done.returncode}, {done.stdout!r}, {said}")
    if check("--max-records", "1000", index).returncode != 0:
        sys.exit("a number of records is not refused for a scan")


def test_schema(folder):
    # Checked last, so that a skip leaves nothing else out.
    try:
        import jsonschema
    except ImportError:
        print("python3-jsonschema is not installed: docs/policy.schema.json is not checked")
        sys.exit(SKIP)
    schema = json.loads((ROOT / "docs/policy.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    page = (ROOT / "docs/check.md").read_text()
    cited = re.search(r"^```json\n(.*?)^```$", page[page.index("## Policies"):], re.M | re.S)[1]
    examples = [json.loads((ROOT / "examples/policy.json").read_text()), json.loads(cited)]
    path = folder / "policy.json"
    for policies, valid, status in ((WELL_FORMED + examples, True, (0, 1)), (ILL_FORMED, False, (2,)), (WRONG, True, (2,))):
        for policy in policies:
            path.write_text(json.dumps(policy))
            done = check("--baseline", ROOT / "examples/baseline.json", "--policy", path, LOANS)
            if validator.is_valid(policy) != valid or done.returncode not in status:
                sys.exit(f"{policy}: valid {not valid}, or exit {done.returncode}: {done.stderr.decode()}")
    print(f"{len(WELL_FORMED) + len(ILL_FORMED) + len(WRONG) + len(examples)} policies")


with tempfile.TemporaryDirectory() as name:
    test_scope(pathlib.Path(name))
    test_schema(pathlib.Path(name))
