"""Hostile values through every format: what Python's csv module reads back, and what a Markdown renderer makes of them."""
import csv
import html.parser
import io
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

PROGRAM = os.environ["ERRATA_PROGRAM"]
RENDERER = shutil.which("cmark-gfm")
PIECES = ["a", "b", " ", "\t", "\n", "\r", "\r\n", "\\", "|", "\\|", "\\\\|", "`", "``", "`" * 12, "'", '"', ",", ";", "=", "+", "-", "@",
          "@user", "#1", "GH-1", "owner/repo#2", "http://x.y/z", "www.x.y", "a@b.cd", "![i](http://x/i.png)", "[l](http://x)",
          "[l]: http://x", "<b>", "<script>alert(1)</script>", "</td></table>", "<!--", "<http://x>", "&lt;", "&#124;", "**", "__",
          "~~", "# h", "---", "| - |", "$x$", "$`x`$", ":smile:", "\u202e", "\u200b", "\u2028", "\ufeff", "\x00", "\x1b[31m", "\x7f",
          "\x85", "\xe9", "\u6f22", "\U0001f600", "\uff1d", "{{x}}", "\\N", "\\n"]
FIELDS = ("key", "code", "expected", "received", "message")


def is_control(point):
    return (point < 0x20 and chr(point) not in "\t\n\r") or 0x7F <= point < 0xA0


def shown(value):
    """What CSV and TSV have of a value."""
    return None if value is None else "".join("\ufffd" if is_control(ord(one)) else one for one in value)


def draw_value(draw):
    if draw.random() < 0.1:
        return None
    return "".join(draw.choice(PIECES) for _ in range(draw.choice((0, 1, 1, 2, 3, 6, 40))))


def make_input(draw):
    """Documents with an issue each."""
    for number in range(300):
        values = {field: draw_value(draw) for field in FIELDS}
        issue = {name: values[name] for name in FIELDS[1:] if values[name] is not None} | {"path": [draw_value(draw) or "p", number]}
        error = {"errors": [issue]} | ({"key": values["key"]} if values["key"] is not None else {})
        record = {"record_id": f"{draw_value(draw) or ''}{number}"} if draw.random() < 0.7 else {}
        yield record | {"status": "FAILED", "errors": [error]}


def errata(*words):
    return subprocess.run([PROGRAM, *words], check=True, capture_output=True).stdout.decode()


def unescape(value):
    """A value of TSV."""
    if value == "\\N":
        return None
    meaning = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    out, rest = "", iter(value)
    for one in rest:
        out += meaning[next(rest)] if one == "\\" else one
    return out


def read_tsv(text):
    lines = text.split("\n")
    assert lines.pop() == ""
    names, *rows = (line.split("\t") for line in lines)
    return [dict(zip(names, map(unescape, row), strict=True)) for row in rows]


def read_csv(text):
    """The csv module cannot tell absent from empty."""
    assert text.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def value_of(row, name):
    """A column of a row of NDJSON, where the sides of a comparison are lists."""
    if name not in row:
        name, side = name.rsplit("_", 1)
        return str(row[name][int(side) - 1])
    return row[name] if isinstance(row[name], str) or row[name] is None else str(row[name])


def check_rows(words):
    wanted = [json.loads(line) for line in errata(*words, "--format", "ndjson").split("\n")[:-1]]
    tsv = read_tsv(errata(*words, "--format", "tsv"))
    rows = read_csv(errata(*words, "--format", "csv"))
    assert len(wanted) == len(tsv) == len(rows) > 0
    for want, one, other in zip(wanted, tsv, rows):
        for name in one:
            value = value_of(want, name)
            assert one[name] == shown(value), (name, one[name], value)
            assert other[name] == (shown(value) or ""), (name, other[name], value)


# Where a formula would begin, wherever a spreadsheet splits the line.
RUN = re.compile('^(?=[ "]*[-=+@\t\r\n\uff1d\uff0b\uff0d\uff20])|(?<=[;,\t\r\n])(?=[ "]*[-=+@\uff1d\uff0b\uff0d\uff20])')


def check_safe(words):
    """Nothing begins as a formula does, and that is all that changed."""
    plain = read_tsv(errata(*words, "--format", "tsv"))
    for how, rows in (("tsv", read_tsv(errata(*words, "--safe-cells", "--format", "tsv"))),
                      ("csv", read_csv(errata(*words, "--safe-cells", "--format", "csv")))):
        for before, after in zip(plain, rows, strict=True):
            for name, value in after.items():
                assert (value or "") == RUN.sub("'", before[name] or ""), (how, value, before[name])


class Page(html.parser.HTMLParser):
    """Tables as lists of rows of cells, and every element that there is."""

    def __init__(self):
        super().__init__()
        self.elements, self.tables, self.loose, self.code = set(), [], "", 0

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.code += tag == "code"
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag):
        self.code -= tag == "code"

    def handle_data(self, data):
        if not self.code:
            self.loose += data
        elif self.tables:
            self.tables[-1][-1][-1] += data

    def handle_comment(self, data):
        raise AssertionError(data)


def render(text):
    page = Page()
    page.feed(subprocess.run([RENDERER, "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough"], input=text.encode(),
                             check=True, capture_output=True).stdout.decode())
    return page


def is_easy(value):
    """Shown as it is, by the rules of docs/formats.md."""
    return (value and len(value) <= 200 and "`" * 9 not in value and "\\|" not in value and value.strip()
            and not any(unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp") for one in value))


def check_markdown(words, most=None):
    text = errata(*words, "--format", "markdown", *(["--max-bytes", str(most)] if most else []))
    assert len(text.encode()) <= (most or 60000)
    page = render(text)
    assert page.elements <= {"h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code"}, page.elements
    for word in ("http", "@", "#", "<", "|", "\u202e"):
        assert word not in page.loose, page.loose
    for table in page.tables:
        assert len({len(row) for row in table}) == 1, table
    return page


def check_values(words):
    """A row of Markdown against one of NDJSON."""
    rows = [json.loads(line) for line in errata(*words, "--format", "ndjson").split("\n")[:-1]]
    table = check_markdown(words).tables[0]
    easy = 0
    for cells, row in zip(table[1:], rows):
        for cell, field in zip(cells, FIELDS):
            if is_easy(row[field]):
                easy += 1
                assert cell == row[field], (cell, row[field])
    assert easy > 50, easy


def main():
    draw = random.Random(5)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "in.ndjson"
        path.write_text("".join(json.dumps(one) + "\n" for one in make_input(draw)))
        group = ["group", "--by", ",".join(FIELDS), str(path)]
        for words in (["list", str(path)], group, ["summary", str(path)], ["diff", "--by", "key,code", str(path), str(path)]):
            check_rows(words)
            check_safe(words)
        if not RENDERER:
            print("the renderer of Markdown is missing: cmark-gfm")
            return 77
        check_values(group)
        other = pathlib.Path(folder) / "[`|`](www.x.y) @user #1.ndjson"
        other.write_text("".join(json.dumps(one) + "\n" for one in make_input(draw)))
        for words in (["list", str(other)], group, ["summary", str(path)], ["diff", "--by", "key,code", str(path), str(other)]):
            for most in (None, 1000, 1500, 4000, 17000):
                check_markdown(words, most)
    return 0


if __name__ == "__main__":
    sys.exit(main())
