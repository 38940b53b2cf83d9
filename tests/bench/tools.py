"""The scripts beside the benchmarks: the tables in the documentation, the comparison with other tools and other commits.

Each runs over very little. No figure is looked at. Tools that are not installed are named by the script, and left out.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])
BUILD = os.environ["ERRATA_BUILD_ROOT"]
BENCH = os.environ["ERRATA_BENCH"]
PROGRAM = os.environ.get("ERRATA_PROGRAM")

failures = 0


def check(holds, what):
    global failures
    if not holds:
        failures += 1
        print(f"FAIL: {what}")


def run(*words, path=None):
    environment = {**os.environ, "PATH": path} if path else None
    return subprocess.run([sys.executable, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, env=environment)


def measure(folder, *arguments):
    file = folder / "figures.json"
    subprocess.run([BENCH, "--rounds", "2", "--size", "20K", "--issues", "500,1000", "--data", folder, "--json", file,
                    *arguments], stdout=subprocess.DEVNULL, check=True)
    return file


def tables(text):
    return dict(re.findall(r"<!-- figures (\w+) -->\n(.*?)<!-- end -->", text, re.DOTALL))


def documentation(folder):
    document = folder / "performance.md"
    original = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    document.write_text(original, encoding="utf-8")

    outcome = run(ROOT / "bench" / "table.py", measure(folder), document)
    check(outcome.returncode == 0, f"the tables are rewritten: {outcome.stdout}")
    made = tables(document.read_text(encoding="utf-8"))
    rows = {"reading": ["R", "V", "P", "U", "U2", "D", "S", "C", "M", "ME", "M2", "E", "N"],
            "memory": ["R", "V", "P", "U", "U2", "D", "S", "C", "M", "ME", "M2", "E", "N"],
            "chunks": [f"{shape}, {size} KiB" for shape in "RU" for size in (4, 16, 64, 256, 1024, 4096)],
            "threads": ["R", "S", "M", "C"],
            "queries": ["group", "filter", "regex", "list-ndjson", "open", "open-no-verify"]}
    if PROGRAM:
        rows["start"] = ["empty", "errata"]
    for name, wanted in rows.items():
        check("2 rounds" in made[name], f"the table of {name} says where it is from")
        for row in wanted:
            check(re.search(rf"^\| {re.escape(row)} \|.* \d", made[name], re.MULTILINE), f"the table of {name} has {row}")
        columns = {line.count("|") for line in made[name].splitlines() if line.startswith("|")}
        check(len(columns) == 1, f"the table of {name} is even")

    run(ROOT / "bench" / "table.py", measure(folder, "--filter", "^chunk"), document)
    again = tables(document.read_text(encoding="utf-8"))
    check(again["reading"] == made["reading"] and again["chunks"] != made["chunks"],
          "a table that the figures have nothing for stays")
    outside = r"(<!-- figures (\w+) -->\n).*?(<!-- end -->)"
    check(re.sub(outside, "", original, flags=re.DOTALL)
          == re.sub(outside, "", document.read_text(encoding="utf-8"), flags=re.DOTALL), "the text around is untouched")

    document.write_text("no place\n", encoding="utf-8")
    check(run(ROOT / "bench" / "table.py", folder / "figures.json", document).returncode != 0,
          "a document without a place is an error")


def fake(folder, name, text):
    """A folder with a program in it; empty where text is None."""
    (folder / name).mkdir()
    if text is not None:
        program = folder / name / "jq"
        program.write_text(f"#!/bin/sh\necho '{text}'\n", encoding="utf-8")
        program.chmod(0o755)
    return folder / name


def peers(folder):
    script = ROOT / "bench" / "peers" / "peers.py"
    words = [script, "--build", BUILD, "--rounds", "1", "--size", "60K"]
    for shape in ("R", "E", "C"):
        outcome = run(*words, "--shape", shape)
        check(outcome.returncode == 0, f"all tools that are here agree on {shape}: {outcome.stdout}")
        for tool in ("errata", "errata --threads 1", "simdjson", "duckdb", "duckdb.*schema found", "python", "jq"):
            check(re.search(rf"^(left out: )?{tool}\b", outcome.stdout, re.MULTILINE), f"{tool} is named")
        if shape == "R":
            print(outcome.stdout)

    document = folder / "peers.md"
    document.write_text("<!-- figures peers -->\n<!-- end -->\n", encoding="utf-8")
    run(*words, "--tools", "python", "--document", document)
    check("| errata |" in document.read_text(encoding="utf-8"), "the table goes into a document")
    readme = folder / "README.md"
    readme.write_text((ROOT / "README.md").read_text(encoding="utf-8"), encoding="utf-8")
    before = tables(document.read_text(encoding="utf-8"))
    run(*words, "--tools", "python,jq", "--document", readme, "--document", document)
    made = tables(readme.read_text(encoding="utf-8")).get("beside", "")
    check("python" not in made and "threads" not in made and re.search(r"^\| errata \| [\d.]+ \| [\d.]+ \| 1 \|$", made, re.MULTILINE),
          f"the short table goes into README.md: {made}")
    check(tables(document.read_text(encoding="utf-8")) != before, "and the long one into the other document")
    nowhere = folder / "nowhere.md"
    nowhere.write_text("no place\n", encoding="utf-8")
    check(run(*words, "--tools", "python", "--document", nowhere).returncode != 0, "a document without a place is an error")

    wrong = fake(folder, "wrong", json.dumps(["KEY", "code", "pattern", 1, 1]))
    outcome = run(*words, "--tools", "jq", path=f"{wrong}:{os.environ['PATH']}")
    check(outcome.returncode == 1 and "another answer than ours" in outcome.stdout, "a wrong answer does not count")
    outcome = run(*words, "--tools", "jq", path=fake(folder, "none", None))
    check(outcome.returncode == 0 and "left out: jq: jq is not installed" in outcome.stdout, "what is missing is named")
    check(run(*words, "--tools", "nonsense").returncode == 2, "a tool that there is not is refused")


def comparison():
    script = ROOT / "bench" / "compare.py"
    words = ["--build", BUILD, "--rounds", "1", "--size", "60K", "--shapes", "R,U"]
    outcome = run(script, PROGRAM, *words)
    check(outcome.returncode == 0 and "differ" not in outcome.stdout, f"a commit against itself: {outcome.stdout}")
    check(re.search(r"^R +\d", outcome.stdout, re.MULTILINE) and re.search(r"^U +\d", outcome.stdout, re.MULTILINE),
          "each payload has a line")
    check("differ" in run(script, shutil.which("echo"), *words).stdout, "answers that differ are told")
    check(run(script, shutil.which("false"), *words).returncode == 1, "a program that fails is told")


with tempfile.TemporaryDirectory() as name:
    documentation(pathlib.Path(name))
    if PROGRAM:
        peers(pathlib.Path(name))
        comparison()
print("tools:", "failed" if failures else "ok")
sys.exit(1 if failures else 0)
