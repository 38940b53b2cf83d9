"""The documents that people read, and the blocks in them.

A block is fenced and names its language. What a test needs to know of it stands in a comment in front, which is not
shown where Markdown is:

    <!-- ends with 1 -->        the statuses other than 0 that commands of the block end with, in order
    <!-- not run: WHY -->       what it names must be there all the same: commands, options, files
    <!-- run by FILE -->        another test takes it from the page

A block of text right behind one of shell or C is its output. A line `...` in it stands for any lines.
"""
import collections
import os
import pathlib
import re

ROOT = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])
LANGUAGES = {"sh", "c", "json", "sql", "text", "yaml"}

Block = collections.namedtuple("Block", "page line language text note output")


def documents():
    """Those that are ours and for people."""
    return [*(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")), *sorted((ROOT / "docs").glob("*.md")),
            ROOT / "examples/README.md", ROOT / "lib/README.md"]


def prose(text):
    """All but fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def blocks_of(page):
    text = page.read_text(encoding="utf-8")
    found = []
    end = 0
    for match in re.finditer(r"(?:^<!-- ([^>\n]*) -->\n)?^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        note, language, body = match.groups()
        if language == "text" and found and not text[end:match.start()].strip():
            found[-1] = found[-1]._replace(output=body)
        else:
            line = text.count("\n", 0, match.start(2)) + 1
            found.append(Block(page.relative_to(ROOT), line, language, body, note or "", None))
        end = match.end()
    return found


def complaints(page):
    """What is wrong with the form of a page's blocks."""
    text = page.read_text(encoding="utf-8")
    for block in blocks_of(page):
        if block.language not in LANGUAGES:
            yield f"{block.page}:{block.line}: no language of ours: {block.language!r}"
        if block.note and not re.fullmatch(r"ends with \d+(, \d+)*|not run: .+|run by \S+|figures .*|end", block.note):
            yield f"{block.page}:{block.line}: what is {block.note!r}?"
        # What fails left of it would not be noticed: bash's trap for errors leaves it out.
        if block.language == "sh" and not block.note.startswith(("not run: ", "run by ")) and re.search(r"&&|\|\|", block.text):
            yield f"{block.page}:{block.line}: a line for each command, please, instead of && and ||"
        if block.note.startswith("run by ") and not (ROOT / block.note.removeprefix("run by ")).exists():
            yield f"{block.page}:{block.line}: there is no {block.note.removeprefix('run by ')}"
    # What is indented by four would be a block without a language.
    for line in re.findall(r"(?:\A|\n)\n(    \S.*)", prose(text)):
        yield f"{page.name}: a block without a fence: {line}"


def plain(text):
    """Without what differs from run to run: the marks of --redact."""
    text = re.sub("redacted:[0-9a-f]{16}", "redacted:MARK", text)
    return "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"


def fits(found, shown):
    lines = ["(?:.*\n)*?" if line == "..." else re.escape(line) + "\n" for line in plain(shown).splitlines()]
    return re.fullmatch("".join(lines), plain(found)) is not None
