"""Manual pages: each command has one that names each of its options, docs/errata.md names them, too, and the tools
that show pages have nothing to say against them."""
import os
import pathlib
import re
import shutil
import subprocess
import sys

import told

ROOT = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])
PAGES = pathlib.Path(os.environ["ERRATA_BUILD_ROOT"]) / "docs/man"

# What complains about a page, each as a command.
TOOLS = {
    "mandoc": ["mandoc", "-T", "lint"],
    "man": ["man", "--warnings", "-l"],
    "groff": ["groff", "-ww", "-man", "-Tutf8"],
}


def plain(source):
    """A page's source without the marks of roff that matter here."""
    return re.sub(r"\\f[BIR]", "", source).replace("\\-", "-").replace("\\(aq", "'")


def missing(command):
    """Options that a command's page does not explain."""
    page = PAGES / f"errata-{command}.1"
    if not page.exists():
        yield f"there is no {page.name}"
        return
    source = plain(page.read_text())
    for name, words in told.options(command).items():
        heading = re.search(rf"^\.TP\n(?:-\w, )?--{name}(?: (.*))?\n(\S.*)", source, re.MULTILINE)
        if not heading:
            yield f"{page.name} does not have --{name}"
        elif words and heading.group(1).split("|") != words:
            yield f"{page.name}: --{name} takes {heading.group(1)}, not {words}"


def formats_of(command):
    return told.options(command).get("format", [])


def unexplained_formats(command):
    """Formats that a command's page says nothing of, and those that it has not."""
    source = (PAGES / f"errata-{command}.1").read_text()
    section = re.search(r"^\.SH FORMATS\n(.*?)^\.SH", source, re.MULTILINE | re.DOTALL)
    explained = re.findall(r"^\.TP\n\\fB(\w+)\\fR\n\w", section[1] if section else "", re.MULTILINE)
    if explained != formats_of(command):
        yield f"errata-{command}.1 explains {explained}, and there are {formats_of(command)}"


def unnamed_formats():
    """Formats that the documents do not name where they list them."""
    named = {word for command in told.commands() for word in formats_of(command)}
    row = re.search(r"^\| `--format ([^`]*)` \|", (ROOT / "docs/errata.md").read_text(), re.MULTILINE)
    if set(row[1].split(r"\|")) != named:
        yield f"docs/errata.md has --format {row[1]}, and there are {sorted(named)}"
    head = (ROOT / "docs/formats.md").read_text().split("\n\n")[1]
    said = set(re.search(r"--format ([\w|]+)", head)[1].split("|")) | set(re.findall(r"\[(\w+)\]\(\S*#?\S*\)", head))
    for word in sorted(named - said - {"table"}):
        yield f"the beginning of docs/formats.md does not name {word}"


def misnamed_takers():
    """Options that some formats have: help and the manual name these formats in words, the table of formats decides."""
    page = plain((PAGES / "errata-list.1").read_text())
    for option in "safe-cells", "max-bytes":
        run = subprocess.run([told.PROGRAM, "list", f"--{option}", *(["2000"] if option == "max-bytes" else []), "--format",
                              "json"], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        takers = re.search(r"is for --format (.*), not for json", run.stderr)[1]
        for where, text in (("--help", told.help_of("list")), ("errata-list.1", re.search(
                rf"^\.TP\n--{option}.*\n((?:[^.].*\n)*)", page, re.MULTILINE)[1].replace("\n", " "))):
            if not re.search(rf"[Ff]or {takers}\b", text):
                yield f"{where} does not say that --{option} is for {takers}"


def unnamed_variables():
    """What errata reads of the environment, and errata(1) does not name."""
    page = (PAGES / "errata.1").read_text()
    section = page[page.index(".SH ENVIRONMENT"):page.index(".SH EXAMPLES")]
    read = r'(?:getenv|value_of|from_environment)\("([A-Z_]+)"\)|or_variable\([^()]*"([A-Z_]+)"\)'
    names = {one or other for folder in ("cli", "lib") for file in (ROOT / folder).rglob("*.c")
             for one, other in re.findall(read, file.read_text())}
    if len(names) < 10:
        yield f"only {sorted(names)} were found in the code"
    for name in sorted(names):
        if not re.search(rf"\b{name}\b", section):
            yield f"errata.1 does not name {name}"


def complaints(tool, page):
    done = subprocess.run([*TOOLS[tool], page], capture_output=True, text=True, check=False,
                          env={**os.environ, "MANPAGER": "cat", "MANWIDTH": "80"})
    # mandoc's lint goes to standard output, and there is nothing else on it.
    said = done.stderr + (done.stdout if tool == "mandoc" else "")
    return [*said.splitlines(), *([f"exit status {done.returncode}"] if done.returncode else [])]


def unknown_pages(pages):
    """Pages that others refer to, and that are not there."""
    for page in pages:
        for name, section in re.findall(r"(errata[\w-]*)\s?\((\d)\)", plain(page.read_text())):
            if not (PAGES / f"{name}.{section}").exists():
                yield f"{page.name} refers to {name}({section})"


def unnamed_commands():
    """Commands that errata(1) does not lead to from its end."""
    page = plain((PAGES / "errata.1").read_text())
    for command in told.commands():
        if f".BR errata-{command} (1)" not in page[page.index(".SH SEE ALSO"):]:
            yield f"errata.1 does not lead to errata-{command}(1)"


def unnamed_headers():
    """Public headers that errata(3) says nothing of."""
    page = (PAGES / "errata.3").read_text()
    for header in sorted((ROOT / "include/errata").glob("*.h")):
        if f"<errata/{header.name}>" not in page:
            yield f"errata.3 does not name <errata/{header.name}>"


def undated(pages):
    for page in pages:
        if not re.match(r'\.TH \S+ \d 20\d\d-\d\d-\d\d "errata [\d.]+" "errata"\n', page.read_text()):
            yield f"{page.name} begins with {page.read_text().splitlines()[0]}"


def main():
    if not PAGES.exists():
        print("1..0 # SKIP errata was built without the manual")
        return 0
    tap = told.Tap()
    pages = sorted(page for page in PAGES.iterdir() if page.suffix in (".1", ".3", ".5"))
    for command in told.commands():
        tap.test(f"options of {command}", missing(command))
        tap.test(f"formats of {command}", unexplained_formats(command))
    tap.test("formats in the documents", unnamed_formats())
    tap.test("options of some formats", misnamed_takers())
    tap.test("environment", unnamed_variables())
    markdown = (ROOT / "docs/errata.md").read_text()
    named = {name for command in told.commands() for name in told.options(command)}
    tap.test("options in docs/errata.md",
             (f"--{name} is not in docs/errata.md" for name in sorted(named)
              if not re.search(rf"--{name}(?![\w-])", markdown)))
    tap.test("titles", undated(pages))
    tap.test("references", unknown_pages(pages))
    tap.test("commands", unnamed_commands())
    tap.test("headers", unnamed_headers())
    for tool in TOOLS:
        if not shutil.which(tool):
            tap.skip(tool, f"{tool} is not here")
            continue
        tap.test(tool, (line for page in pages for line in complaints(tool, page)))
    return tap.end()


sys.exit(main())
