"""--format sqlite: the database says what errata says.

The ten queries of docs/sqlite.md are taken from the page, run by Python's sqlite3, and compared with what errata itself
answers. Then: every issue of the samples and of hostile text, a filter, what is left of a run that fails.
"""
import collections
import json
import os
import pathlib
import re
import resource
import sqlite3
import subprocess
import sys

TESTS = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"]) / "tests"
sys.path += [str(TESTS / "export"), str(TESTS / "manual")]
import told  # noqa: E402
from asking import EXAMPLES, PROGRAM, ROOT, SKIP, check, errata, lines, run_tests  # noqa: E402

PAGE = (ROOT / "docs/sqlite.md").read_text()

if not told.has_sqlite():
    print("errata was built without SQLite")
    sys.exit(SKIP)


def database(path, *arguments, status=0):
    errata("list", "--format", "sqlite", "-o", path, *arguments, status=status)
    return sqlite3.connect(path)


def columns(rows, *names):
    return [tuple(row[name] for name in names) for row in rows]


# ---- the page

def sections():
    """The SQL of each numbered question."""
    found = {}
    for number, body in re.findall(r"^### (\d+)\. [^\n]*\n(.*?)(?=^### |\Z)", PAGE, re.M | re.S):
        found[int(number)] = re.search(r"^```sql\n(.*?)^```$", body, re.M | re.S)[1]
    return found


def ordered(counter):
    """As ORDER BY count DESC, name."""
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))


def answers(loans, old):
    """What errata has to say to each question."""
    issues = lines("list", loans)
    total = json.loads(errata("summary", "--format", "json", loans).stdout)
    keys = lines("group", "--by", "key", "--sort", "records", loans)
    per_record = collections.defaultdict(list)
    for issue in issues:
        per_record[issue["record"]].append(issue["key"])
    groups = lines("group", "--limit", "5", loans)
    with_issues = collections.Counter()
    for status, _ in {(issue["status"], issue["document"]) for issue in issues}:
        with_issues[status] += 1
    dates = lines("group", "--by", "pattern", "--where", "message ~ (?i)date", loans)
    elements = lines("group", "--by", "path", "--where", "pattern = borrowers[*].income.monthly", loans)
    compared = json.loads(errata("diff", "--format", "json", old, loans).stdout)
    new = [group | {"issues": group["issues"][1], "records": group["records"][1]}
           for group in compared["groups"] if group["change"] == "new"]
    percents = [(key["key"], round(100 * key["records"] / total["records"], 2)) for key in keys]
    return {
        1: columns(groups, "key", "code", "pattern", "issues", "records"),
        2: columns(keys, "key", "issues", "records"),
        3: columns(lines("list", "--record", "loan-00016", loans), "key", "code", "path", "message"),
        4: sorted(percents, key=lambda row: (-row[1], row[0])),
        5: sorted(((record, len(keys), len(set(keys))) for record, keys in per_record.items()),
                  key=lambda row: (-row[1], row[0]))[:10],
        6: columns(dates, "pattern", "issues"),
        7: [(status, documents, with_issues[status]) for status, documents in ordered(total["statuses"])],
        8: columns(elements, "path", "issues"),
        9: ordered(collections.Counter(keys[0] for keys in per_record.values() if len(set(keys)) == 1)),
        10: columns(new, "key", "code", "pattern", "issues", "records"),
    }


def test_page():
    loans, old = EXAMPLES / "loans.ndjson", EXAMPLES / "loans-old.ndjson"
    questions = sections()
    check("numbers of the questions", list(questions), list(range(1, 11)))
    wanted = answers(loans, old)
    for number, sql in questions.items():
        connection = database("run.db", loans)
        if number == 10:
            database("old.db", old).close()
        *first, last = sql.strip().rstrip(";").split(";")
        for statement in first:
            connection.execute(statement)
        check(f"question {number}", connection.execute(last).fetchall(), wanted[number])
        if not wanted[number]:
            check(f"question {number} has an answer", False, True)
        connection.close()


def test_absent_key():
    """It is another rule than an empty one, also to question 9."""
    pathlib.Path("keys.json").write_text(json.dumps([
        {"record_id": str(number), "status": "FAILED", "errors": [
            {"message": "m", **({} if key is None else {"key": key}), "errors": [{"message": "m"}]} for key in keys]}
        for number, keys in enumerate([(None, ""), ("", ""), (None,), ("K",), ("K", None)])]))
    found = database("run.db", "keys.json").execute(sections()[9]).fetchall()
    check("question 9", sorted(found, key=str), [("", 1), ("K", 1), (None, 1)])


def test_schema():
    """The page names every table, view and column, in order."""
    connection = database("run.db", EXAMPLES / "loans.ndjson")
    there = {}
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') "
                                     "AND name NOT LIKE 'sqlite_%'"):
        there[name] = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
    said = {}
    for name, cells in re.findall(r"^\| `(\w+)` \| [^|]* \| (.*) \|$", PAGE, re.M):
        # What stands in parentheses or behind a colon tells about a column.
        cells = re.sub(r"\([^)]*\)", "", cells.split(":")[0])
        said[name] = re.findall(r"`(\w+)`", cells)
    check("tables and columns", said, there)
    check("integrity", connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
    check("references", connection.execute("PRAGMA foreign_key_check").fetchall(), [])
    check("application", connection.execute("PRAGMA application_id").fetchone(), (1701999201,))
    check("version", connection.execute("PRAGMA user_version").fetchone(), (1,))
    plan = connection.execute("EXPLAIN QUERY PLAN SELECT * FROM issue WHERE record = 'loan-00016'").fetchall()
    check("a record is found by indexes, but for the one source",
          [row[3] for row in plan if row[3].startswith("SCAN")], ["SCAN o"])
    plan = connection.execute("EXPLAIN QUERY PLAN SELECT * FROM issue WHERE record = 'loan-00016' AND code = 'custom'")
    check("and with a code, too, it is where the search begins", plan.fetchone()[3].startswith("SEARCH r USING"), True)


# ---- every issue

ISSUE = ["record", "collection", "app", "fetched_at", "status", "key", "rule_message", "code", "path", "pattern",
         "expected", "received", "message", "source", "document", "line"]


def compare_issues(what, *arguments):
    connection = database("all.db", *arguments)
    found = connection.execute(f"SELECT {', '.join(ISSUE)}, expected_json, received_json FROM issue "
                               "ORDER BY issues_id").fetchall()
    wanted = [tuple(issue[name] for name in ISSUE) +
              (int(issue.get("expected_json", False)), int(issue.get("received_json", False)))
              for issue in lines("list", *arguments)]
    check(what, found, wanted)
    check(f"references of {what}", connection.execute("PRAGMA foreign_key_check").fetchall(), [])
    compare_counts(what, connection)
    return connection


def compare_counts(what, connection):
    """What is stored, and what can be counted in the same database."""
    counted = connection.execute("SELECT key, code, pattern, count(*), count(DISTINCT records_id) FROM issue "
                                 "GROUP BY key, code, pattern ORDER BY 1, 2, 3").fetchall()
    check(f"groups of {what}", connection.execute("SELECT * FROM issue_group ORDER BY 1, 2, 3").fetchall(), counted)
    wrong = connection.execute("SELECT id, issues FROM rule_errors WHERE issues <> "
                               "(SELECT count(*) FROM issues WHERE rule_errors_id = rule_errors.id)").fetchall()
    check(f"issues of rule errors of {what}", wrong, [])


def hostile():
    texts = ["'); DROP TABLE issues; --", 'a"b', "\0", "a\0b", "", "\x1b[31m", "\u202eevil", "=1+1", "\U0001f4a9", "?1", "\ufffd"]
    for number, text in enumerate(texts):
        yield {"record_id": text + str(number), "collection_id": text, "status": text or "FAILED", "errors": [
            {"message": text, "key": text, "errors": [
                {"code": text, "expected": text, "received": {"a": text}, "message": text, "path": ["a", text, number]}]}]}
    yield {"status": "FAILED", "errors": [{"errors": [{}]}]}


def test_issues():
    for name in "loans.ndjson", "status-zod3.json", "status-zod4.json", "records.json":
        compare_issues(name, EXAMPLES / name)
    with open("hostile.ndjson", "w") as file:
        file.writelines(json.dumps(document) + "\n" for document in hostile())
    connection = compare_issues("hostile text", "hostile.ndjson")
    groups = connection.execute("SELECT key, code, pattern, issues, records FROM issue_group").fetchall()
    wanted = columns(lines("group", "hostile.ndjson"), "key", "code", "pattern", "issues", "records")
    check("hostile groups", sorted(map(repr, groups)), sorted(map(repr, wanted)))


def test_filter():
    """Only what the issues need; what the input had is said all the same."""
    loans = EXAMPLES / "loans.ndjson"
    terms = "--key", "CHECK_INCOME", "--code", "too_small"
    for arguments in terms, ("--limit", "7", "--offset", "3"):
        connection = compare_issues(f"list {arguments}", *arguments, loans)
        for table, used in (("documents", "SELECT DISTINCT documents_id FROM issue"),
                            ("records", "SELECT DISTINCT records_id FROM issue"),
                            ("rule_errors", "SELECT DISTINCT rule_errors_id FROM issue"),
                            ("shapes", "SELECT DISTINCT shapes_id FROM issue"),
                            ("patterns", "SELECT DISTINCT patterns_id FROM shapes")):
            left = connection.execute(f"SELECT id FROM {table} WHERE id NOT IN ({used})").fetchall()
            check(f"{table} that nothing needs", left, [])
    about = dict(connection.execute("SELECT name, value FROM about"))
    check("issues that pass, with a limit", about["issues_passing"], about["issues"])
    run = subprocess.run([PROGRAM, "list", "--format", "sqlite", "-o", "few.db", *terms, "--limit", "2", loans],
                         capture_output=True, text=True)
    few = sqlite3.connect("few.db")
    passing = len(lines("list", *terms, loans))
    check("a limit is said", run.stderr, f"errata: 2 of {passing} issues written, by --limit\n")
    check("and in the database", few.execute("SELECT value FROM about WHERE name = 'issues_passing'").fetchone(), (passing,))
    check("whole", about["whole"], 0)
    check("records of the input", about["records"], 2000)
    whole = database("whole.db", loans)
    check("all documents", whole.execute("SELECT count(*) FROM documents").fetchone(), (2000,))
    check("whole", whole.execute("SELECT value FROM about WHERE name = 'whole'").fetchone(), (1,))


def test_rejects():
    connection = database("rejects.db", "--rejects", "rejects.ndjson", EXAMPLES / "damaged.ndjson", status=4)
    names = ["line", "column", "offset", "length", "reason", "trouble_line", "trouble_column", "trouble_offset"]
    found = connection.execute(f"SELECT s.name, {', '.join('j.' + name for name in names)} FROM rejects j "
                               "JOIN sources s ON s.id = j.sources_id ORDER BY j.id").fetchall()
    wanted = [json.loads(line) for line in pathlib.Path("rejects.ndjson").read_text().splitlines()]
    check("rejects", found, columns(wanted, "source", *names))
    check("there are rejects", len(found) > 0, True)
    deviations = dict(connection.execute("SELECT kind, count FROM deviations"))
    total = json.loads(errata("summary", "--keep-going", "--format", "json", EXAMPLES / "damaged.ndjson", status=4).stdout)
    check("deviations", deviations, total["deviations"])


# ---- the file

def test_file():
    """It is replaced as a whole, and the same index gives the same bytes."""
    loans = EXAMPLES / "loans.ndjson"
    database("a.db", loans).close()
    database("b.db", loans).close()
    first = pathlib.Path("a.db").read_bytes()
    check("same bytes", pathlib.Path("b.db").read_bytes() == first, True)
    os.chmod("a.db", 0o440)
    database("a.db", "--limit", "1", loans).close()
    check("mode", os.stat("a.db").st_mode & 0o777, 0o440)
    check("replaced", pathlib.Path("a.db").read_bytes() == first, False)


def test_failure():
    """No room: a message, and the old file as it was."""
    os.mkdir("full")
    target = pathlib.Path("full/run.db")
    target.write_text("the old one")

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200000, 200000))
    run = subprocess.run([PROGRAM, "list", "--format", "sqlite", "-o", target, EXAMPLES / "loans.ndjson"],
                         capture_output=True, text=True, preexec_fn=limit)
    check("status without room", run.returncode, 6)
    check("message", run.stderr, "errata: full/run.db: cannot be written: File too large\n")
    check("the old file", target.read_text(), "the old one")
    check("what is left", os.listdir("full"), ["run.db"])


def test_no_room_to_sort():
    """What SQLite sorts goes to a folder of its own: where that is full, and the disk of the database is not, it is the
    folder that is named."""
    # More than the 32 MiB that are sorted in memory.
    issues = ",".join(f'{{"code":"c{n % 7}","path":["a",{n}],"message":"m"}}' for n in range(1000))
    with open("many.ndjson", "w") as out:
        for number in range(1300):
            out.write(f'{{"record_id":"r{number}","status":"FAILED","errors":[{{"errors":[{issues}],"key":"K"}}]}}\n')
    os.mkdir("room")
    script = 'mount -t tmpfs -o size=64k none room; echo mounted; TMPDIR=room "$@"'
    for way in "-m", "-rm":
        try:
            run = subprocess.run(["unshare", way, "sh", "-ec", script, "sh", PROGRAM, "list", "--format", "sqlite", "-o",
                                  "many.db", "many.ndjson"], capture_output=True, text=True)
        except FileNotFoundError:
            continue
        if run.stdout == "mounted\n":
            check("status", run.returncode, 6)
            check("message", run.stderr, "errata: many.db: cannot be written: No space left on device, in room, where SQLite "
                                         "sorts; SQLITE_TMPDIR may name another folder\n")
            check("what is left", os.path.exists("many.db"), False)
            return
    print("a folder without room: nothing can be mounted here")


def test_logs():
    """A log of an older database of this name would be played into the new one."""
    loans = EXAMPLES / "loans.ndjson"
    os.symlink("run.db", "link.db")
    for mode in "wal", "delete":
        database("run.db", loans).close()
        script = ("import os, sqlite3; c = sqlite3.connect('run.db'); c.execute('PRAGMA cache_size = 1');"
                  f"c.execute('PRAGMA journal_mode = {mode}'); c.execute('PRAGMA cache_spill = 1');"
                  "c.execute('BEGIN'); c.execute('UPDATE issues SET path = path || 1');"
                  f"{'c.commit();' if mode == 'wal' else ''} os._exit(9)")
        subprocess.run([sys.executable, "-c", script], check=False)
        log = f"run.db-{'wal' if mode == 'wal' else 'journal'}"
        check(f"{log} was left", os.path.getsize(log) > 0, True)
        old = pathlib.Path("run.db").read_bytes()
        for name in "run.db", "link.db":
            run = subprocess.run([PROGRAM, "list", "--format", "sqlite", "-o", name, "--limit", "3", loans],
                                 capture_output=True, text=True)
            check(f"status with {log}", run.returncode, 6)
            check(f"message of {log}", run.stderr.endswith(
                f"/{log} is there: another program has the database open, or was ended in the middle; end it, or open "
                "the database with sqlite3 once, or choose another name\n"), True)
        check("the old one", pathlib.Path("run.db").read_bytes(), old)
        connection = sqlite3.connect("run.db")
        connection.execute("SELECT count(*) FROM issues")
        connection.close()
        database("run.db", "--limit", "3", loans).close()
        check("then it is replaced", len(sqlite3.connect("run.db").execute("SELECT * FROM issue").fetchall()), 3)


sys.exit(run_tests("errata-sqlite-"))
