"""--format junit: valid by the schema, right in its counts, and saying what errata says in its other formats."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

sys.path += [str(pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"]) / "tests/export")]
from asking import EXAMPLES, ROOT, check, errata, lines, run_tests  # noqa: E402

SCHEMA = ROOT / "tests/junit/junit.xsd"
XMLLINT = shutil.which("xmllint")


def junit(*arguments, status=0):
    """The suites, with all that holds of every file made sure of."""
    text = errata(*arguments, "--format", "junit", status=status).stdout
    if XMLLINT:
        run = subprocess.run([XMLLINT, "--noout", "--schema", SCHEMA, "-"], input=text, capture_output=True)
        check(f"{arguments} is valid: {run.stderr.decode()}", run.returncode, 0)
    top = ElementTree.fromstring(text)
    for element in top, *top:
        cases = list(element.iter("testcase"))
        name = f"{arguments} {element.get('name')}"
        check(f"{name}: tests", int(element.get("tests")), len(cases))
        check(f"{name}: failures", int(element.get("failures")), len(list(element.iter("failure"))))
    check(f"{arguments}: each suite is there once", len({suite.get("name") for suite in top}), len(top))
    for suite in top:
        check("classes", {case.get("classname") for case in suite}, {suite.get("name")})
    names = [(case.get("classname"), case.get("name")) for case in top.iter("testcase")]
    check(f"{arguments}: each name is there once", len(set(names)), len(names))
    return top


def test_groups():
    """Each group is a case of its key's suite, with examples of three records."""
    loans = EXAMPLES / "loans.ndjson"
    groups = lines("group", loans)
    top = junit("group", loans)
    found = {(case.get("classname"), case.get("name")): case.find("failure") for case in top.iter("testcase")}
    wanted = {(group["key"], f"{group['code']} {group['pattern']}") for group in groups}
    check("cases", set(found), wanted)
    check("suites by name", [suite.get("name") for suite in top], sorted({group["key"] for group in groups}))
    issues = {(i["record"], f"{i['key']}:{i['path']}", i["source"], str(i["line"]), i["message"])
              for i in lines("list", loans)}
    for group in groups:
        failure = found[group["key"], f"{group['code']} {group['pattern']}"]
        counts = f"{group['issues']} issue{'s'[:group['issues'] != 1]} in {group['records']} record{'s'[:group['records'] != 1]}"
        check("message", failure.get("message"), f"{group['first']['message']} ({counts})")
        head, *rest = failure.text.splitlines()
        check("head", head, counts + (", for example:" if group["issues"] > 3 else ":"))
        examples = list(zip(rest[::2], rest[1::2]))
        check("examples", len(examples), min(3, group["issues"]))
        check("of different records", len({line.split()[0] for line, _ in examples}), min(3, group["records"]))
        for line, message in examples:
            record, locator, place = line.split(" ", 2) if line.count(" ") == 2 else (
                line.split(" ")[0], line[line.index(" ") + 1:line.rindex(" (")], line[line.rindex(" (") + 1:])
            source, number = place.strip("()").rsplit(":", 1)
            check("example", (record, locator, source, number, message[2:]) in issues, True)


def test_grouping():
    """Without the key there is one suite; with nothing else, the case is called after it."""
    loans = EXAMPLES / "loans.ndjson"
    top = junit("group", "--by", "code", loans)
    check("one suite", [suite.get("name") for suite in top], ["all issues"])
    check("codes", {case.get("name") for case in top.iter("testcase")}, {group["code"] for group in lines("group", "--by", "code", loans)})
    top = junit("group", "--by", "key", loans)
    check("keys", all(case.get("name") == case.get("classname") for case in top.iter("testcase")), True)


def test_left_out():
    loans = EXAMPLES / "loans.ndjson"
    for arguments in ("group", loans), ("diff", EXAMPLES / "loans-old.ndjson", loans):
        text = errata(*arguments, "--limit", "2", "--format", "junit").stdout.decode()
        check("comment", "<!-- left out: 68 of 70 groups -->" in text, True)
        top = junit(*arguments, "--limit", "2")
        skipped = list(top.iter("skipped"))
        check("skipped", [case.get("message") for case in skipped], ["left out: 68 of 70 groups"])
        check("cases", int(top.get("tests")), 3)


def test_good():
    pathlib.Path("good.json").write_text('{"status":"COMPLETED","record_id":"a"}')
    for arguments in ("group", "good.json"), ("diff", "good.json", "good.json"):
        top = junit(*arguments)
        check("a case that passes", (top.get("tests"), top.get("failures")), ("1", "0"))


def test_not_read():
    """What could not be read fails, and nothing passes for it; a key of that name is another suite."""
    pathlib.Path("good.json").write_text('{"status":"COMPLETED","record_id":"a"}')
    pathlib.Path("bad.ndjson").write_text('{"status":"COMPLETED","record_id":"a"}\n{"status":1}\n{"stat\n')
    pathlib.Path("none.ndjson").write_text("")
    pathlib.Path("named.ndjson").write_text(json.dumps({"status": "FAILED", "errors": [
        {"key": "not read", "errors": [{"code": "rejects"}, {"code": "documents"}]}]}) + "\n{\n")
    for arguments, cases, failures, skipped in (
            (("group", "bad.ndjson"), 2, ["2 rejects could not be read"], []),
            (("group", "none.ndjson"), 2, [], ["No status document was read"]),
            (("diff", "good.json", "bad.ndjson"), 2, ["2 rejects could not be read on side 2"], []),
            (("diff", "none.ndjson", "bad.ndjson"), 2, ["2 rejects could not be read on side 2"], ["No status document was read on side 1"]),
            (("diff", "named.ndjson", "bad.ndjson"), 4, ["3 rejects could not be read on sides 1 and 2"], []),
            (("group", "--limit", "1", "named.ndjson"), 4, None, ["left out: 1 of 2 groups"])):
        status = 0 if arguments == ("group", "none.ndjson") else 4
        top = junit(*arguments, "--keep-going", status=status)
        found = [failure.get("message") for failure in top.iter("failure")]
        if failures is not None:
            check(f"{arguments} fails", found, failures)
        check(f"{arguments} skips", [one.get("message") for one in top.iter("skipped")], skipped)
        check(f"{arguments} has cases", int(top.get("tests")), cases)
    top = junit("group", "--by", "key,code", "--keep-going", "named.ndjson", status=4)
    check("suites", [suite.get("name") for suite in top], ["not read", '"not read"'])


def test_hostile():
    """Text stays text; what XML cannot have is replaced."""
    texts = ["<b>&\"'</b>", "]]>", "-->", "\0\x01\x1f", "\ufffe\uffff", "\u202e", "a\r\nb\tc", "  ", "\U0001f4a9", "&#0;"]
    issues = [{"code": t, "expected": t, "received": t, "message": t, "path": [t, 0]} for t in texts]
    with open("hostile.ndjson", "w") as file:
        for number, text in enumerate(texts + [""]):
            json.dump({"record_id": text, "status": "FAILED", "errors": [
                {"message": text, "key": text, "errors": issues if number == 0 else [issues[number - 1]]},
                {"errors": [{}]}]}, file)
            file.write("\n")
    top = junit("group", "hostile.ndjson")

    def shown(text):
        return "".join("\ufffd" if ord(c) < 32 and c not in "\t\r\n" or c in "\ufffe\uffff" else c for c in text)

    def named(text):
        return json.dumps(text) if "\0" in text or "\n" in text else shown(text)
    keys = {named(text) for text in texts} | {"(empty key)", "(no key)"}
    # What XML has no character for has a hash behind it.
    check("suites", {suite.get("name").split("…")[0] for suite in top}, keys)
    check("messages", {shown(text) for text in texts} - {failure.get("message").rsplit(" (", 1)[0]
                                                         for failure in top.iter("failure")}, set())


def test_names():
    """No two groups are called the same, and a name is as before where it could be no other's."""
    keys = [None, "", "(no key)", "(empty key)", "left out", '"left out"', "not read", "\x01", "\x02", "\ufffe", "\uffff", "\ufffd", "a b"]
    values = [("a b", "c"), ("a", "b c"), (None, "c"), ("-", "c"), ("", "c"), ('""', "c"), ("a\tb", "c"), ("a\nb", "c"),
              ('"a b"', "c"), ("a", None), ("a", "-")]
    with open("names.ndjson", "w") as file:
        for key in keys:
            issues = [{**({} if code is None else {"code": code}), **({} if message is None else {"message": message})}
                      for code, message in values]
            json.dump({"status": "FAILED", "errors": [{**({} if key is None else {"key": key}), "errors": issues}]}, file)
            file.write("\n")
    top = junit("group", "--by", "key,code,message", "names.ndjson")
    check("suites", len(top), len(keys))
    check("cases", len(list(top.iter("testcase"))), len(keys) * len(values))
    check("keys that are no other's", {"a b", "(no key)", "(empty key)"} <= {suite.get("name") for suite in top}, True)
    names = {case.get("name") for case in top.find("testsuite[@name='a b']")}
    check("names", names, {'"a b" c', "a b c", "- c", '"-" c', '"" c', '"\\"\\"" c', '"a\\tb" c', '"a\\nb" c',
                           '"\\"a b\\"" c', "a -", 'a "-"'})
    junit("diff", "--by", "key,code,message", "names.ndjson", "names.ndjson")


def test_huge_values():
    """What is shown of a value is what other programs can read; a name that is cut stays apart."""
    with open("huge.ndjson", "w") as file:
        for n in range(3):
            huge = "x" * (4 << 20) + str(n)
            json.dump({"status": "FAILED", "record_id": huge, "errors": [{"message": huge, "key": huge, "errors": [
                {"code": huge, "message": huge, "path": [huge]}]}]}, file)
            file.write("\n")
    for words in ("group", "--by", "key,message", "huge.ndjson"), ("diff", "huge.ndjson", "huge.ndjson"):
        top = junit(*words)
        check("cases", len(list(top.iter("testcase"))), 3)
        check("names", {len(case.get("name")) for case in top.iter("testcase")}, {1017})
    top = junit("check", "--max-issues", "0", "huge.ndjson", status=1)
    check("short", len(ElementTree.tostring(top)) < 40000, True)


def test_diff():
    old, new = EXAMPLES / "loans-old.ndjson", EXAMPLES / "loans.ndjson"
    found = {case.get("name"): None if case.find("failure") is None else case.find("failure").get("type")
             for case in junit("diff", old, new).iter("testcase")}
    wanted = {f"{g['key']} {g['code']} {g['pattern']}": g["change"] if g["change"] in ("new", "grown") else None
              for g in json.loads(errata("diff", "--format", "json", old, new).stdout)["groups"]}
    check("changes", found, wanted)


def test_check():
    """A case for each clause. One fails whenever the gate does, and only then."""
    old, new = EXAMPLES / "loans-old.ndjson", EXAMPLES / "loans.ndjson"
    rules = [{"name": "hard", "max_issues": 0, "max_records_percent": 0.5}, {"name": "<so&so>", "where": ["code = custom"],
             "max_records": 0, "severity": "warn"}, {"name": "good", "max_issues": 10**9}]
    pathlib.Path("policy.json").write_text(json.dumps({"rules": rules}))
    pathlib.Path("soft.json").write_text(json.dumps({"rules": rules[1:]}))
    pathlib.Path("bad.ndjson").write_text(old.read_text() + "{\n")
    errata("check", "--write-baseline", "known.json", old)
    for options, status in ((["--policy", "policy.json", new], 1), (["--policy", "soft.json", new], 0),
                            (["--max-issues", 0, "--max-records", "1%", new], 1),
                            (["--baseline", "known.json", new], 1), (["--baseline", "known.json", old], 0),
                            (["--max-issues", 10**9, "--keep-going", "bad.ndjson"], 4),
                            (["--write-baseline", "known.json", new], 1), (["--write-baseline", "new.json", new], 0)):
        verdict = json.loads(errata("check", *options, "--format", "json", status=status).stdout)
        pathlib.Path("new.json").unlink(missing_ok=True)
        top = junit("check", *options, status=status)
        pathlib.Path("new.json").unlink(missing_ok=True)
        check(f"{options} passed", int(top.get("failures")) == 0, verdict["passed"])
        found = {(case.get("classname"), case.get("name")): case for case in top.iter("testcase")}
        others = {name for suite, name in found if suite == "errata check"}
        check("others", others, {"rejects", "documents"} | ({"baseline"} if verdict["written"] is not None else set()))
        clauses = {(clause["name"], clause["limit"]): clause for clause in verdict["clauses"]}
        check("clauses", {name for name in found if name[0] != "errata check"}, set(clauses))
        for name, clause in clauses.items():
            failure, output = found[name].find("failure"), found[name].find("system-out")
            check(f"{name} fails", failure is not None, not clause["passed"] and clause["severity"] == "fail")
            check(f"{name} warns", output is not None, not clause["passed"] and clause["severity"] == "warn")
            if not clause["passed"]:
                text = output.text if failure is None else failure.text
                percent = "" if clause["percent"] is None else f" ({clause['percent']}%)"
                check("found", f"found {clause['found']} {clause['unit']}, allowed {clause['allowed']}{percent}" in text, True)
                check("examples", [line for line in text.splitlines() if f"{clause['examples'][0]['locator']} (" in line] != [], True)
                check("groups", [line for line in text.splitlines() if line.startswith(clause["groups"][0]["key"])] != [], True)


def test_nothing_read():
    """Every limit holds where nothing was read, so that is said."""
    pathlib.Path("empty.ndjson").write_text("")
    pathlib.Path("policy.json").write_text(json.dumps({"rules": [{"name": "errata check", "max_issues": 0}]}))
    top = junit("check", "--policy", "policy.json", "empty.ndjson")
    check("suites", [suite.get("name") for suite in top], ['"errata check"', "errata check"])
    check("skipped", [case.get("message") for case in top.iter("skipped")], ["No status document was read"])
    top = junit("check", "--max-issues", "9", EXAMPLES / "status-zod3.json")
    check("else it passes", [len(case) for case in top.iter("testcase") if case.get("name") == "documents"], [0])


sys.exit(run_tests("errata-junit-", missing=None if XMLLINT else "xmllint"))
