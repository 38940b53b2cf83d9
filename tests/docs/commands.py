"""Runs every command of README.md and docs/ as it stands there, each block in a folder of its own that has the sample
payloads and files of all the names that the documents use; compares statuses, and output where the page shows it. The
API is played by tests/http/server.py. What cannot be run is looked at: pages.py says how a page marks that.
"""
import concurrent.futures
import gzip
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import pages

ROOT = pages.ROOT
BUILD = pathlib.Path(os.environ["ERRATA_BUILD_ROOT"])
ERRATA = pathlib.Path(os.environ["ERRATA_PROGRAM"])
sys.path += [str(ROOT / "tests/http"), str(ROOT / "tests/manual")]
import told  # noqa: E402
from harness import KEY, Server, has_http  # noqa: E402

SKIP = 77
# Seconds, where a block does not end: a busy machine takes its time.
PATIENCE = 240
# Of other programs, which not every machine has. The block is left out then, and the test says so.
OTHERS = ("jq", "zstd", "sqlite3")
# GitHub's, which wants an account: takes a comment's file.
GH = """#!/bin/sh -eu
test "$1 $2 $3" = 'pr comment --body-file'
test -s "$4"
"""
# Statuses other than 0, one a line.
FRAME = """set -u -o pipefail
trap 'echo $? >> "$STATUSES"' ERR
"""


# ---- the folder that a reader is supposed to be in

def make_world(folder):
    """Files of the names that the documents use."""
    examples = folder / "examples"
    examples.mkdir()
    for path in (ROOT / "examples").glob("*.*"):
        shutil.copy(path, examples)
    old = (examples / "loans-old.ndjson").read_bytes().splitlines(keepends=True)
    new = (examples / "loans.ndjson").read_bytes().splitlines(keepends=True)[:500]
    parts = {"run": new, "loans": new, "today": new, "branch": new, "tuesday": new, "second": new[250:], "wednesday": new,
             "yesterday": old, "main": old, "monday": old, "old": old, "first": new[:250]}
    for name, lines in parts.items():
        path = folder / f"{name}.ndjson"
        path.write_bytes(b"".join(lines))
        (folder / f"{name}.ndjson.gz").write_bytes(gzip.compress(path.read_bytes(), 1))
        errata(folder, "index", "-o", f"{name}.errata", path.name)
        if shutil.which("zstd"):
            for part in (path, folder / f"{name}.errata"):
                subprocess.run(["zstd", "-q", part], check=True)
        (folder / name).mkdir()
        shutil.copy(path, folder / name)
    (folder / "runs").mkdir()
    shutil.copy(folder / "main.ndjson", folder / "runs/1.ndjson")
    shutil.copy(folder / "second.ndjson", folder / "runs/2.ndjson")
    shutil.copy(examples / "policy.json", folder)
    errata(folder, "check", "--write-baseline", "known.json", "run.ndjson")
    (folder / "bin").mkdir()
    (folder / "bin/gh").write_text(GH)
    (folder / "bin/gh").chmod(0o755)


def errata(folder, *words):
    subprocess.run([ERRATA, *words], cwd=folder, check=True, stdout=subprocess.DEVNULL)


# ---- blocks that are run

def lacking(block):
    """What a block needs and what is not there: programs, and what errata can be built without."""
    names = [name for name in OTHERS if re.search(rf"(^|\| ){name} ", block.text, re.MULTILINE)
             and not shutil.which(name)]
    if re.search("errata (fetch|scan)", block.text) and not has_http():
        names.append("errata-http")
    if "--format sqlite" in block.text and not told.has_sqlite():
        names.append("SQLite")
    if re.search("bench", block.text) and not (BUILD / "bench/errata-bench").exists():
        names.append("errata-bench")
    return names


def run(block, world, server):
    """A complaint, or None."""
    with tempfile.TemporaryDirectory(prefix="errata-docs-") as name:
        folder = pathlib.Path(name) / "here"
        shutil.copytree(world, folder)
        # What a block begins is not there yet.
        for begun in re.findall(r"--(?:archive|write-baseline) (\S+)", block.text):
            (folder / begun).unlink(missing_ok=True)
        statuses = pathlib.Path(name) / "statuses"
        text = block.text.replace("CORTEX_API_KEY=...", f"CORTEX_API_KEY={KEY}")
        environment = os.environ | {
            "PATH": f"{ERRATA.parent}:{folder / 'bin'}:{os.environ['PATH']}", "HOME": str(folder),
            "CORTEX_API_URL": server.url, "CORTEX_API_KEY": KEY, "STATUSES": str(statuses)}
        done = subprocess.run(["bash", "-c", FRAME + text], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=PATIENCE, check=False)
        ended = statuses.read_text().split() if statuses.exists() else []
    wanted = re.findall(r"\d+", block.note) if block.note.startswith("ends with ") else []
    if ended != wanted:
        return f"ended with {' '.join(ended) or 0}, not with {' '.join(wanted) or 0}\n{done.stdout[-2000:]}"
    if block.output is not None and not pages.fits(done.stdout, block.output):
        return f"this is not what the page shows:\n{done.stdout}"
    return None


# ---- blocks that are not run

def commands_in(text):
    """Each command of a block as a list of words."""
    for line in text.replace("\\\n", " ").splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;")
        lexer.whitespace_split = True
        words = []
        for word in [*lexer, ";"]:
            if set(word) <= set("|&;"):
                if words:
                    yield words
                words = []
            elif words or not re.fullmatch(r"\w+=.*", word):
                words.append(word)


def absent(words):
    """What a command names that is not there."""
    if words[0] == "errata" and len(words) > 1:
        command = words[1] if words[1] in told.commands() else "summary"
        known = {f"--{name}" for name in told.options(command)}
        for word in words:
            if word.startswith("--") and word.split("=")[0] not in known:
                yield f"errata {command} has no {word}"
    if words[0] == "./dev":
        said = subprocess.run([ROOT / "dev", "help"], capture_output=True, text=True, check=True).stdout
        if len(words) > 1 and not re.search(rf"^  {re.escape(words[1])}\b", said, re.MULTILINE):
            yield f"./dev has no {words[1]}"
        if words[1:2] == ["browser"] and len(words) > 2 and f"  browser {words[2]} " not in said:
            yield f"./dev browser has no {words[2]}"
        if words[1:2] == ["check"]:
            yield from (f"./dev check has no {word}" for word in words[2:]
                        if not re.search(rf"^ {{31}}{re.escape(word)} ", said, re.MULTILINE))
        if words[1:2] == ["test"]:
            # What `meson test` has, and the names of tests, which are those of their files.
            options = subprocess.run(["meson", "test", "--help"], capture_output=True, text=True, check=True).stdout
            yield from (f"./dev test has no {word}" for word in words[2:]
                        if word.startswith("--") and word.split("=")[0] not in options)
        if words[1:2] == ["bench"] and (BUILD / "bench/errata-bench").exists():
            said += subprocess.run([BUILD / "bench/errata-bench", "--help"], capture_output=True, text=True).stdout
            # Other tools and other commits are scripts, with options of their own.
            said += "".join((ROOT / "bench" / name).read_text() for name in ("peers/peers.py", "compare.py"))
            yield from (f"./dev bench has no {word}" for word in words[2:] if word.startswith("--") and word not in said)
    for word in words:
        # A command within a command.
        if word.startswith("$(") and shutil.which(word.removeprefix("$(")) is None:
            yield f"there is no {word.removeprefix('$(')}"
        if word.startswith("build/") and not (BUILD / word.removeprefix("build/")).exists() and "." not in word:
            yield f"there is no {word}"
        if re.match("(tests|bench|examples|docs|lib|cli|include)/", word) and not (ROOT / word).exists():
            yield f"there is no {word}"


def absent_in_prose(page):
    """The same of commands between backticks."""
    for span in re.findall(r"`((?:errata|\./dev|cc)\s[^`]+)`", pages.prose(page.read_text(encoding="utf-8"))):
        for words in commands_in(span.replace("\n", " ")):
            yield from (f"{page.relative_to(ROOT)}: `{span}`: {said}" for said in absent(words))


def misplaced():
    """Options that the manual's table says to be for other commands than they are for. Those of the API answer by any view."""
    commands = [name for name in told.commands() if name not in ("fetch", "scan")]
    page = (ROOT / "docs/errata.md").read_text(encoding="utf-8")
    table = page[page.index("| option | for | meaning |"):].split("\n\n")[0]
    for names, said in re.findall(r"^\| (`--.*?`) \| ([a-z ,]+) \|", table, re.MULTILINE):
        words = re.findall("[a-z]+", said)
        told_of = set(commands) - set(words) if words[:2] == ["all", "but"] else set(words)
        for name in re.findall("--([a-z-]+)", names):
            has = {command for command in commands if name in told.options(command)}
            # A limit of the input for others, which has a line of its own there.
            if name == "max-issues":
                has &= {"check"}
            if has != told_of:
                yield f"docs/errata.md: --{name} is for {', '.join(sorted(has))}, not for {said}"


# ---- all of it

def blocks_of(page):
    """Those with commands: of shell, and the steps of a workflow."""
    for block in pages.blocks_of(page):
        if block.language == "sh":
            yield block
        elif block.language == "yaml":
            yield block._replace(text="".join(f"{command}\n" for command in re.findall(r"run: (.*)", block.text)))


def judge(block, world, server):
    if block.note.startswith("run by "):
        return None
    if block.note.startswith("not run: "):
        return "\n".join(said for words in commands_in(block.text) for said in absent(words)) or None
    return run(block, world, server)


def main():
    failures = [said for page in pages.documents() for said in absent_in_prose(page)]
    failures += misplaced()
    blocks = [block for page in pages.documents() for block in blocks_of(page)]
    left_out = [(block, lacking(block)) for block in blocks if lacking(block)]
    blocks = [block for block in blocks if not lacking(block)]
    with tempfile.TemporaryDirectory(prefix="errata-docs-") as name, Server() as server:
        world = pathlib.Path(name)
        make_world(world)
        # Few enough that nothing has to wait for --rate.
        server.order("loans", records=7, ids=["r-17", "r-18"], status="FAILED")
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            said = list(pool.map(lambda block: judge(block, world, server), blocks))
    failures += [f"{block.page}:{block.line}:\n{block.text}{complaint}"
                 for block, complaint in zip(blocks, said) if complaint]
    print("\n".join(failures) or f"{len(blocks)} blocks of commands")
    for block, names in left_out:
        print(f"{block.page}:{block.line} was not tried: there is no {', '.join(names)}")
    sys.exit(1 if failures else SKIP if left_out else 0)


main()
