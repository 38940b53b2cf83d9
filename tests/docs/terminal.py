"""Makes the picture of a terminal for the README: errata's own output under a terminal of 80 columns, as SVG, whose text is
text.

    terminal.py ERRATA OUTPUT.svg

Without arguments it is a test: the picture in docs/images/ shows what errata says today.
"""
import html
import os
import pathlib
import pty
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ON_TERMINAL = ROOT / "tests/cli/tools/on-terminal"
SKIP = 77
COMMAND = ["errata", "summary", "--color", "always", "examples/loans.ndjson"]
COLUMNS, LINES = 80, 25
# Of a character, a line, and the space around all.
ADVANCE, LEADING, MARGIN, BAR = 8.4, 18, 16, 30
BACKGROUND, TITLE, TEXT, FAINT, CYAN, PROMPT = "#0d1117", "#161b22", "#c9d1d9", "#8b949e", "#39c5cf", "#7ee787"
# What SGR sequences stand for here.
STYLES = {"0": "", "1": ' font-weight="700" fill="#ffffff"', "2": f' fill="{FAINT}"', "36": f' fill="{CYAN}"'}
# From a whole block to an eighth.
BLOCKS = {chr(0x2588 + left): (8 - left) / 8 for left in range(8)}


def output_of(program):
    environment = os.environ | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    return subprocess.run([sys.executable, ON_TERMINAL, str(COLUMNS), str(LINES), program, *COMMAND[1:]], cwd=ROOT,
                          env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def has_terminals():
    try:
        for end in pty.openpty():
            os.close(end)
    except OSError:
        return False
    return True


def runs_of(line):
    """(column, style, text) of each stretch of one style."""
    column, style = 0, ""
    for part in re.split(r"(\x1b\[[\d;]*m)", line):
        if part.startswith("\x1b"):
            style = STYLES[part[2:-1]]
        elif part:
            yield column, style, part
            column += len(part)


def text_at(column, top, style, text):
    # The width is given, so that columns stay columns whatever the font.
    return (f'<text x="{MARGIN + column * ADVANCE:g}" y="{top}" textLength="{len(text) * ADVANCE:g}"{style}>'
            f"{html.escape(text)}</text>")


def draw(column, top, style, text):
    if text[0] in BLOCKS:
        width = sum(BLOCKS[character] for character in text) * ADVANCE
        return [f'<rect x="{MARGIN + column * ADVANCE:g}" y="{top - 12}" width="{width:g}" height="13"{style}/>']
    return [text_at(column + match.start(), top, style, match[0]) for match in re.finditer(r"\S+(?: \S+)*", text)]


def picture(said):
    lines = said.rstrip("\n").split("\n")
    width, height = 2 * MARGIN + COLUMNS * ADVANCE, BAR + (len(lines) + 1) * LEADING + 2 * MARGIN
    command = " ".join(word for word in COMMAND if word not in ("--color", "always"))
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height}" '
             f'viewBox="0 0 {width:g} {height}" role="img" aria-label="errata summary in a terminal" '
             f'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" '
             f'font-size="14" fill="{TEXT}">',
             f'<rect width="100%" height="100%" rx="8" fill="{BACKGROUND}"/>',
             f'<path d="M0 {BAR}V8a8 8 0 0 1 8-8H{width - 8:g}a8 8 0 0 1 8 8V{BAR}z" fill="{TITLE}"/>']
    parts += [f'<circle cx="{MARGIN + 4 + 20 * number}" cy="{BAR // 2}" r="6" fill="#30363d"/>' for number in range(3)]
    top = BAR + MARGIN + 10
    parts += [text_at(0, top, f' fill="{PROMPT}"', "$"), text_at(2, top, "", command)]
    for number, line in enumerate(lines, 1):
        for column, style, text in runs_of(line):
            parts += draw(column, top + number * LEADING, style, text)
    return "\n".join([*parts, "</svg>", ""])


def main():
    if not has_terminals():
        print("no pseudo-terminals here")
        sys.exit(SKIP)
    if len(sys.argv) == 1:
        there = (ROOT / "docs/images/terminal.svg").read_text(encoding="utf-8")
        sys.exit(0 if there == picture(output_of(os.environ["ERRATA_PROGRAM"])) else
                 "docs/images/terminal.svg is of another day: ./dev pictures")
    program, output = (pathlib.Path(name).resolve() for name in sys.argv[1:3])
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(picture(output_of(program)), encoding="utf-8")
    print(output)


main()
