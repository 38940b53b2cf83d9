"""--format sarif: valid by the published schema, kept to GitHub's limits, and saying what errata says in its other formats."""
import base64
import gzip
import json
import os
import pathlib
import random
import sys
import urllib.parse

try:
    import jsonschema
except ImportError:
    jsonschema = None

sys.path += [str(pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"]) / "tests/export")]
from asking import EXAMPLES, ROOT, check, errata, lines, run_tests  # noqa: E402

SCHEMA = json.loads((ROOT / "tests/sarif/sarif-2.1.0-rtm.5.json").read_text())
VALIDATOR = jsonschema and jsonschema.Draft4Validator(SCHEMA)


def sarif(*arguments, valid=True, **more):
    """The run, with all that holds of every file made sure of."""
    log = json.loads(errata("group", "--format", "sarif", *arguments, **more).stdout)
    if valid and VALIDATOR:
        check(f"{arguments} is valid", [error.message for error in VALIDATOR.iter_errors(log)], [])
    check("runs", len(log["runs"]), 1)
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    check("rules are there once", len(set(rules)), len(rules))
    sizes = [result["properties"]["issues"] for result in run["results"]]
    check("largest first", sizes, sorted(sizes, reverse=True))
    for result in run["results"]:
        check("rule", rules[result["ruleIndex"]], result["ruleId"])
    prints = {result["partialFingerprints"]["errataGroup/v1"] for result in run["results"]}
    check("fingerprints differ", len(prints), len(run["results"]))
    return run


def place(result):
    location = result["locations"][0]["physicalLocation"]
    return location["artifactLocation"], location["region"]["startLine"]


def prints(run):
    return {(r["properties"]["key"], r["properties"]["code"], r["properties"]["pattern"]): r["partialFingerprints"]
            for r in run["results"]}


def test_groups():
    """Each group is a result where its first issue is."""
    loans = EXAMPLES / "loans.ndjson"
    os.chdir(ROOT)
    groups = lines("group", "examples/loans.ndjson")
    where = {(i["record"], i["path"], i["message"]): i["line"] for i in reversed(lines("list", "examples/loans.ndjson"))}
    run = sarif("examples/loans.ndjson")
    check("results", len(run["results"]), len(groups))
    check("rules", [rule["id"] for rule in run["tool"]["driver"]["rules"]], sorted({g["key"] for g in groups}))
    for result, group in zip(run["results"], groups):
        first = group["first"]
        values = {name: group[name] for name in ("key", "code", "pattern", "issues", "records")}
        check("values", result["properties"], values | {"first_record": first["record"]})
        counts = f"{group['issues']} issue{'s'[:group['issues'] != 1]} in {group['records']} record{'s'[:group['records'] != 1]}"
        check("message", result["message"]["text"], f"{first['message']} ({counts})")
        check("place", place(result), ({"uri": "examples/loans.ndjson", "uriBaseId": "%SRCROOT%"},
                                       where[first["record"], first["path"], first["message"]]))
        check("locator", result["locations"][0]["logicalLocations"],
              [{"fullyQualifiedName": f"{group['key']}:{first['path']}"}])
    check("nothing is left out", run["properties"]["groups_left_out"], 0)
    check("and nothing said", run["invocations"], [{"executionSuccessful": True}])
    errors = errata("list", "--format", "sarif", loans, status=2).stderr.decode()
    check("list", errors.startswith("errata: --format sarif is not for errata list"), True)
    errors = errata("group", "--by", "code", "--format", "sarif", loans, status=2).stderr.decode()
    check("without the key", errors, "errata: --format sarif has a rule for each key, so --by needs key as well\n")


def test_not_read():
    """Results that are incomplete are said to be, with the level that SARIF has for it; the tool ran well all the same."""
    good = {"status": "FAILED", "errors": [{"key": "K", "errors": [{"message": "m", "path": []}]}]}
    pathlib.Path("bad.ndjson").write_text(json.dumps(good) + '\n{"status":1}\n{"stat\n')
    pathlib.Path("none.ndjson").write_text("")
    none = {"level": "warning", "message": {"text": "No status document was read."}}
    rejects = {"level": "error", "message": {"text": "2 rejects could not be read."}}
    cut = {"level": "warning", "message": {"text": "1 of 1 groups are left out: a limit or an offset was asked for."}}
    for arguments, status, results, wanted in ((["bad.ndjson"], 4, 1, [rejects]), (["none.ndjson"], 0, 0, [none]),
                                               (["--offset", "1", "bad.ndjson"], 4, 0, [rejects, cut]),
                                               (["--where", "key = X", "bad.ndjson"], 4, 0, [rejects])):
        run = sarif("--keep-going", *arguments, status=status)
        check(f"{arguments} results", len(run["results"]), results)
        check(f"{arguments} says", run["invocations"], [{"executionSuccessful": True, "toolExecutionNotifications": wanted}])


def test_fingerprints():
    """The same for the same group, in whatever input, at whatever place, in whatever order; known values."""
    loans = EXAMPLES / "loans.ndjson"
    whole = prints(sarif(loans))
    documents = loans.read_text().splitlines(keepends=True)
    random.Random(1).shuffle(documents)
    pathlib.Path("shuffled.ndjson").write_text("".join(documents[:1500]))
    others = prints(sarif("--by", "pattern,key,code", "shuffled.ndjson"))
    check("groups in both", len(others) > 50, True)
    check("equal", {group: whole[group] for group in others}, others)
    known = whole["CHECK_INCOME", "invalid_type", "borrowers[*].income.monthly"]
    check("known", known, {"primaryLocationLineHash": "f353adf31ae2b740:1", "errataGroup/v1": "f353adf31ae2b740"})
    absent = [{"status": "FAILED", "errors": [{"message": "m", **key, "errors": [{"message": "m", "path": [], **code}]}]}
              for key in ({}, {"key": ""}, {"key": "K"}) for code in ({}, {"code": ""}, {"code": "K"})]
    pathlib.Path("absent.json").write_text(json.dumps(absent))
    run = sarif("absent.json")
    check("absent and empty differ", len(prints(run)), 9)
    check("rules", [r["id"] for r in run["tool"]["driver"]["rules"]], ["(no key)", "(empty key)", "K"])


def test_places():
    """URIs are relative to the folder, or absolute, and always URIs."""
    document = {"status": "FAILED", "errors": [{"message": "m", "key": "K", "errors": [{"message": "m", "path": []}]}]}
    os.makedirs("a b")
    names = {"a b/ü%#?:x.json": "a%20b/%C3%BC%25%23%3F%3Ax.json", "./plain.json": "plain.json", "c:d.json": "c%3Ad.json",
             ".//a b/.//x.json": "a%20b/x.json"}
    for name, uri in names.items():
        pathlib.Path(name).write_text("\n\n" + json.dumps(document))
        found, line = place(sarif(name)["results"][0])
        check(name, (found, line), ({"uri": uri, "uriBaseId": "%SRCROOT%"}, 3))
    name = pathlib.Path("a b/ü%#?:x.json").resolve()
    found, _ = place(sarif(name)["results"][0])
    check("absolute", found, {"uri": "file://" + urllib.parse.quote(str(name), safe="/'")})
    found, _ = place(sarif(f"//{name}")["results"][0])
    check("absolute, with more slashes", found, {"uri": "file://" + urllib.parse.quote(str(name), safe="/'")})
    found, line = place(sarif("-", input=json.dumps(document).encode())["results"][0])
    check("standard input", (sorted(found), line), (["uri", "uriBaseId"], 1))


def test_hostile():
    """No text becomes a link, none is longer than shown, and all of it is JSON."""
    texts = ["[click](https://evil)", "\\[a](b)", "x" * 5000, "ä" * 1001, "\0\u202e\"\\", "{0}", "<b>", ""]
    issues = [{"code": str(n), "expected": t, "received": t, "message": t, "path": [t, n]} for n, t in enumerate(texts)]
    pathlib.Path("hostile.json").write_text(json.dumps({"status": "FAILED", "record_id": "\0", "errors": [
        {"message": "[m](n)", "key": "k\0\"", "errors": issues}]}))
    run = sarif("hostile.json")
    found = {r["properties"]["code"]: r["message"]["text"].removesuffix(" (1 issue in 1 record)") for r in run["results"]}
    wanted = ["\\[click\\](https://evil)", "\\\\\\[a\\](b)", "x" * 1000 + "…", "ä" * 1000 + "…", "\0\u202e\"\\", "{0}", "<b>", "Invalid"]
    check("messages", found, {str(n): text for n, text in enumerate(wanted)})
    check("rule", run["tool"]["driver"]["rules"][0]["shortDescription"]["text"], "\\[m\\](n)")


def noise(source):
    """A text that does not get smaller by much."""
    return base64.b64encode(source.randbytes(741)).decode()


def many(count, text):
    """A document with `count` groups: number n has count - n issues up to some."""
    with open("many.ndjson", "w") as file:
        for start in range(0, count, 100):
            issues = [{"code": f"c{n}", "message": text(n), "path": ["a"]} for n in range(start, min(start + 100, count))]
            json.dump({"status": "FAILED", "errors": [{"message": "m", "key": f"K{start // 1000}", "errors": issues}]}, file)
            file.write("\n")
        json.dump({"status": "FAILED", "errors": [{"message": "m", "key": "LARGE", "errors": [
            {"code": "c", "message": "large", "path": ["a"]}] * 2}]}, file)


def left_out(run, stderr, total):
    results = len(run["results"])
    check("the largest is there", run["results"][0]["properties"]["issues"], 2)
    check("numbers", (run["properties"]["groups"], run["properties"]["groups_left_out"]), (total, total - results))
    notes = run["invocations"][0]["toolExecutionNotifications"]
    check("said in the file", notes[0]["message"]["text"].startswith(f"{total - results} of {total} groups are left out: GitHub"), True)
    check("GitHub's choice is said in the file", [note["message"]["text"] for note in notes[1:]],
          [f"Of these {results} results GitHub shows 5000 of its own choice."])
    said, more = stderr.decode().splitlines()
    check("said", said.startswith(f"errata: the {total - results} smallest of {total} groups are left out: "), True)
    check("GitHub's choice is said", more, f"errata: of {results} results GitHub shows 5000 of its own choice; --limit 5000 makes them the largest")


def test_results():
    """At most 25,000 results."""
    many(26000, lambda n: "m")
    done = errata("group", "--format", "sarif", "many.ndjson")
    run = sarif("many.ndjson", valid=False)
    check("results", len(run["results"]), 25000)
    left_out(run, done.stderr, 26001)
    run = sarif("--limit", "7", "many.ndjson")
    check("a limit", len(run["results"]), 7)
    text = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    check("is said", text, "25994 of 26001 groups are left out: a limit or an offset was asked for.")


def test_size():
    """At most 10 MB of gzip, and not much less."""
    source = random.Random(2)
    many(18000, lambda n: noise(source))
    done = errata("group", "--format", "sarif", "many.ndjson")
    for level in 6, 9:
        size = len(gzip.compress(done.stdout, level))
        check(f"{size} bytes fit", 9_700_000 < size <= 10_000_000, True)
    left_out(sarif("many.ndjson", valid=False), done.stderr, 18001)


def test_many_rules():
    """Rules leave room for results, those of the largest groups."""
    source = random.Random(3)
    with open("rules.ndjson", "w") as file:
        for n in range(9000):
            issues = [{"code": "c", "message": "m", "path": ["a"]}] * (2 if n % 2 == 0 else 1)
            json.dump({"status": "FAILED", "errors": [{"message": noise(source), "key": f"K{n:05}", "errors": issues}]}, file)
            file.write("\n")
    done = errata("group", "--format", "sarif", "rules.ndjson")
    size = len(gzip.compress(done.stdout))
    check(f"{size} bytes fit, of which rules have half", 4_900_000 < size <= 10_000_000, True)
    run = sarif("rules.ndjson", valid=False)
    check("the largest", [result["ruleId"] for result in run["results"]],
          [f"K{n:05}" for n in (*range(0, 9000, 2), *range(1, 9000, 2))][:len(run["results"])])
    left_out(run, done.stderr, 9000)


def test_huge_values():
    """They are cut, and leave the others their room; what is cut stays apart."""
    source = random.Random(4)
    with open("huge.ndjson", "w") as file:
        for n in range(5):
            huge = base64.b64encode(source.randbytes(3 << 20)).decode()
            json.dump({"status": "FAILED", "record_id": huge, "errors": [{"message": huge, "key": "x" * 2000 + str(n), "errors": [
                {"code": huge, "message": huge, "received": huge, "path": [huge]}]}]}, file)
            file.write("\n")
    run = sarif("--by", "key,message,received", "huge.ndjson")
    check("all are there", (len(run["results"]), run["properties"]["groups_left_out"]), (5, 0))
    ids = {result["ruleId"] for result in run["results"]}
    check("ids", (len(ids), {name[:1001] for name in ids}, {len(name) for name in ids}), (5, {"x" * 1000 + "…"}, {1017}))
    for result in run["results"]:
        check("values", {len(text) for text in result["properties"].values() if isinstance(text, str)}, {1001})


def test_names():
    """A key that reads like what stands for none is another rule."""
    keys = [None, "", "(no key)", "(empty key)", '"(no key)"', "K", "left out"]
    pathlib.Path("names.json").write_text(json.dumps([
        {"status": "FAILED", "errors": [{"message": "m", **({} if key is None else {"key": key}), "errors": [
            {"message": "m", "path": []}]}]} for key in keys]))
    ids = [rule["id"] for rule in sarif("names.json")["tool"]["driver"]["rules"]]
    check("rules", sorted(ids), sorted(["(no key)", "(empty key)", '"(no key)"', '"(empty key)"', '"\\"(no key)\\""', "K", '"left out"']))


sys.exit(run_tests("errata-sarif-", missing=None if VALIDATOR else "python3-jsonschema"))
