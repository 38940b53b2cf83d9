#!/usr/bin/env python3
"""The same question put to other tools: how many issues and distinct records by key, code and pattern?

    peers.py --build FOLDER [--tools simdjson,jq,...] [--shape R] [--size 100M] [--rounds N] [--document FILE]...

An answer is checked against ours before its time counts. What is not installed is named, and left out. The lines of code
are those of each solution, without blank lines and comments. A FILE has a place for a table: `peers`, or `beside`, which is
the short one of README.md. ./dev bench --peers installs what it can.
"""
import argparse
import datetime
import json
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

import commands  # noqa: E402, bench/ is no package
import table  # noqa: E402


class Tool:
    """A tool: how it is asked, what the solution is written in, and what keeps it from being asked."""

    def __init__(self, name, command, source=None, missing=None, environment=None):
        self.name = name
        self.command = command
        self.source = source
        self.missing = missing
        self.environment = environment

    def lines(self):
        """Lines of code."""
        if self.source is None:
            return 1
        marks = {".py": "#", ".jq": "#", ".sql": "--", ".cpp": "//"}[os.path.splitext(self.source)[1]]
        with open(self.source, encoding="utf-8") as stream:
            code = [line.strip() for line in stream]
        return sum(1 for line in code if line and not line.startswith((marks, '"""')))


def first_line(*command):
    try:
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                              check=False).stdout.split("\n")[0]
    except FileNotFoundError:
        return ""


def errata(build, path, *more):
    program = os.path.join(build, "cli", "errata")
    words = ["group", "--by", "key,code,pattern", "--format", "ndjson", *more]
    return Tool(" ".join(["errata", *more]), [program, *words, path],
                missing=None if os.path.exists(program) else "the program was not built")


def errata_alone(build, path):
    return errata(build, path, "--threads", "1")


def simdjson(build, path):
    source, program = os.path.join(HERE, "question.cpp"), os.path.join(build, "bench-data", "question-simdjson")
    version = first_line("pkg-config", "--modversion", "simdjson")
    missing = None
    if not version:
        missing = "libsimdjson-dev is not installed"
    elif not os.path.exists(program) or os.path.getmtime(program) <= os.path.getmtime(source):
        # On-demand chooses its instructions when it is compiled.
        compiled = subprocess.run([os.environ.get("CXX", "c++"), "-std=c++17", "-O3", "-march=native", "-DNDEBUG",
                                   "-o", program, source, "-lsimdjson"], check=False)
        missing = None if compiled.returncode == 0 else "its program does not compile"
    return Tool(f"simdjson {version}".strip(), [program, path], source, missing)


def duckdb(build, path, question="question.sql", note=""):
    folder = os.path.join(build, "bench-peers")
    source = os.path.join(HERE, question)
    package = os.path.join(folder, "node_modules", "@duckdb", "node-api", "package.json")
    missing, version = None, ""
    if not shutil.which("node"):
        missing = "node is not installed"
    elif not os.path.exists(package):
        missing = "npm could not install @duckdb/node-api"
    else:
        with open(package, encoding="utf-8") as stream:
            version = json.load(stream)["version"]
    return Tool(f"duckdb {version}".strip() + note, ["node", os.path.join(HERE, "duckdb.mjs"), source, path], source, missing,
                {"DUCKDB_FOLDER": os.path.abspath(folder)})


def duckdb_detect(build, path):
    tool = duckdb(build, path, "question-detect.sql", ", schema found")
    with open(path, "rb") as stream:
        if b'"errors"' not in stream.read(1 << 20):
            tool.missing = tool.missing or "the payload has no column of errors to be found"
    return tool


def python(_, path):
    source = os.path.join(HERE, "question.py")
    return Tool(f"python {sys.version.split()[0]}", [sys.executable, source, path], source)


def jq(_, path):
    source = os.path.join(HERE, "question.jq")
    return Tool(first_line("jq", "--version") or "jq", ["jq", "-cn", "-f", source, path], source,
                None if shutil.which("jq") else "jq is not installed")


TOOLS = {"errata": errata, "errata-alone": errata_alone, "simdjson": simdjson, "duckdb": duckdb,
         "duckdb-detect": duckdb_detect, "python": python, "jq": jq}
OURS = ["errata", "errata-alone"]


def answer_of(text):
    """A tool's output as a sorted list of [key, code, pattern, issues, records]."""
    rows = [json.loads(line) for line in text.splitlines()]
    return sorted(row if isinstance(row, list) else [row[name] for name in ("key", "code", "pattern", "issues", "records")]
                  for row in rows)


def difference(ours, theirs):
    """The first rows that differ, in words; None when there are none."""
    for own, other in zip(ours + [None] * len(theirs), theirs + [None] * len(ours)):
        if own != other:
            return f"it says {json.dumps(other, ensure_ascii=False)} where errata says {json.dumps(own, ensure_ascii=False)}"
    return None


def ask_all(tools, once):
    """Asks each tool once. Returns those that agree with the first one, and whether all that could be asked do."""
    agreed, ours, good = [], None, True
    for tool in tools:
        if tool.missing:
            print(f"left out: {tool.name}: {tool.missing}")
            continue
        try:
            answer = answer_of(commands.run(once, tool.command, tool.environment)[1])
        except commands.Failed as failure:
            print(f"left out: {tool.name}: {failure}")
            good = False
            continue
        ours = ours or answer
        wrong = difference(ours, answer)
        if wrong:
            print(f"left out: {tool.name}: another answer than ours: {wrong}")
            good = False
        else:
            agreed.append(tool)
    return agreed, good


def row_of(tool, runs, ours, ours_alone):
    return [tool.name, commands.Spread.of(run.seconds for run in runs).show(3),
            f"{commands.Spread.of(run.cpu for run in runs).median:.3f}", commands.ratios(runs, ours).show(1),
            commands.ratios(runs, ours_alone).show(1), f"{max(run.peak for run in runs) / table.MIB:.1f}", str(tool.lines())]


def short(rows):
    """The table of those that README.md speaks of: medians alone."""
    rows = [row for row in rows if re.match(r"(errata|jq\S*|duckdb [^,]*)$", row[0])]
    return table.table(["tool", "seconds", "peak MiB", "lines of code"], [[row[0], row[1].split()[0], row[5], row[6]] for row in rows])


def put(document, where, head, rows):
    """Puts the tables for which there is a place into a document, which must have one."""
    with open(document, encoding="utf-8") as stream:
        text = stream.read()
    made = {"peers": f"{where}, in brackets the range.\n\n{table.table(head, rows)}", "beside": f"{where}.\n\n{short(rows)}"}
    found = {name: content for name, content in made.items() if f"<!-- figures {name} -->" in text}
    table.rewrite(document, found or made)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--build", required=True, help="the build folder")
    parser.add_argument("--tools", default=",".join(TOOLS), help="which; errata is always asked")
    parser.add_argument("--shape", default="R", help="a payload of one document a line, see errata-bench-gen")
    parser.add_argument("--size", default="100M", help="bytes of the payload")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--document", action="append", default=[],
                        help="also put the table into this file, such as docs/performance.md or README.md; may be repeated")
    options = parser.parse_args()

    load = os.getloadavg()[0]
    once = os.path.join(options.build, "bench", "errata-bench-once")
    path = commands.payload(options.build, options.shape, options.size)
    names = [name for name in options.tools.split(",") if name not in OURS]
    if not set(names) <= set(TOOLS):
        parser.error(f"the tools are {', '.join(TOOLS)}")
    tools = [TOOLS[name](options.build, path) for name in [*OURS, *names]]
    if tools[0].missing:
        sys.exit(f"peers.py: {tools[0].missing}")
    agreed, good = ask_all(tools, once)
    print(f"{', '.join(tool.name for tool in agreed)}: {options.rounds} rounds", flush=True)
    runs = commands.in_turns(once, {tool.name: (tool.command, tool.environment) for tool in agreed}, options.rounds)

    head = ["tool", "seconds", "CPU seconds", "times errata's", "times its on one thread", "peak MiB", "lines of code"]
    ours = [runs[tool.name] for tool in agreed[:len(OURS)]]
    rows = [row_of(tool, runs[tool.name], *ours) for tool in agreed]
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows]:
        print("  ".join([row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]))
    where = (f"{datetime.date.today()}, shape {options.shape} of {options.size}B, {os.cpu_count()} processors, load "
             f"{load:.1f} at the start, {options.rounds} rounds; medians")
    for document in options.document:
        put(document, where, head, rows)
    return 0 if good else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except commands.Failed as problem:
        sys.exit(f"peers.py: {problem}")
