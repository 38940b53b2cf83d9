"""What the report's page says, without the page: the numbers, words, orders, filters and commands of facts.js, each asked
by itself in Chromium. Skipped where there is none."""
import re
import sys

import browser
import payloads
from asking import ROOT, errata

FACTS = (ROOT / "lib/export/report/facts.js").read_text(encoding="utf-8")

GROUP = {"key": "K", "code": "c", "pattern": "a[*]", "message": "Too Small", "issues": 3, "old": 2,
         "examples": [{"record": "r-9", "path": "a[1]", "received": "None"}]}
DATA = {"asked": [], "inputs": ["run.ndjson"], "inputs_total": 1}
ANY = {"text": "", "change": ""}

# An expression of x, what x is, and what it must be.
WANTED = [
    # Never nothing for something, nor everything for less.
    ("percent(...x)", [0, 5], "0%"), ("percent(...x)", [1, 2000], "<0.1%"), ("percent(...x)", [5, 5], "100%"),
    ("percent(...x)", [1000, 1004], "99.6%"), ("percent(...x)", [9999, 10000], ">99.9%"), ("percent(...x)", [1120, 2000], "56%"),
    ("percent(...x)", [12, 1000], "1.2%"), ("percent(...x)", [996, 1000], "99.6%"), ("percent(...x)", [3, 0], "0%"),
    ("compact(x)", 9999999, "9,999,999"), ("compact(x)", 12345678, "12.3 M"), ("compact(x)", 999999999, "999 M"),
    ("compact(x)", 1234567890, "1.2 B"), ("compact(x)", 4e12, "4 T"),
    ("count(x, 'group')", 1, "1 group"), ("count(x, 'group')", 1200, "1,200 groups"),
    # Values: absent is not empty, and what cannot be seen is.
    ("same(x[0], x[1])", [None, ""], False), ("same(x[0], x[1])", [None, None], True), ("same(x[0], x[1])", ["a", ["a", 9000]], True),
    ("plain(x)", " a\u00a0b  ", "\u2423a\\u{A0}b\u2423\u2423"), ("plain(x)", "a  b", "a  b"), ("plain(x)", None, "absent"),
    ("plain(x)", "", "empty"), ("plain(x)", "a\n\u202e\u3164", "a\\n\\u{202E}\\u{3164}"), ("piecesOf(x)", " ", [["\u2423", "1 space"]]),
    ("piecesOf(x)", "a\u00a0", ["a", ["\\u{A0}", "U+00A0"]]),
    ("shortMark(x)", "redacted:8f3a0c12d4e5b6a7", "redacted:8f3a0c12\u2026"), ("shortMark(x)", "redacted:nothing", None),
    ("baseName(x)", "/data/runs/a.ndjson", "a.ndjson"), ("baseName(x)", "a.ndjson", "a.ndjson"), ("baseName(x)", "runs/", "runs/"),
    # The shades: bounds that fit what they are bounds of.
    ("scale(x).map((step) => step[2])", 446, [12, 49, 111, 198, 309, 446]),
    ("scale(446).every(([step, from, to]) => shade(from, 446) === step && shade(to, 446) === step)", None, True),
    ("scale(x)", 2, [[5, 1, 1], [6, 2, 2]]), ("shade(1, x)", 1, 3),
    # What comes first: no more than is known.
    *[("headline(x[0], x[1]).map((piece) => Array.isArray(piece) ? `*${piece[0]}*` : piece).join('')", [
        {"records_read": read, "records_failing": failing, "rejects": rejects}, asked], wanted) for read, failing, rejects, asked, wanted in (
        (2000, 1120, 0, False, "*1,120* of 2,000 records fail"), (2, 1, 3, False, "*1* of 2 records fails"),
        (2, 1, 0, True, "*1* of 2 records has such an issue"), (2, 0, 0, False, "No issue in 2 records"),
        (1, 0, 0, True, "No such issue in 1 record"), (1, 0, 3, False, "No issue in 1 record, but *3 parts* could not be read"),
        (0, 0, 0, False, "Nothing was read: there is no record"), (0, 0, 1, True, "No record was read: *1 part* could not be read"))],
    *[("isWell({ records_failing: x[0], rejects: x[1] }, x[2])", [failing, rejects, statuses], wanted)
      for failing, rejects, statuses, wanted in (
          (0, 0, [["COMPLETED", 2]], True), (0, 0, [["COMPLETED", 2], ["RUNNING", 1]], False), (0, 0, [["FAILED", 1]], False),
          (0, 1, [["COMPLETED", 2]], False), (3, 0, [["FAILED", 3]], True), (3, 1, [["FAILED", 3]], False))],
    # What came before, and what only looks like it.
    *[("unreadSides({ old_records_read: x[0], old_rejects: x[1] }, { records_read: x[2], rejects: x[3] })", list(sides), wanted)
      for sides, wanted in (
          ((5, 0, 5, 0), []), ((5, 0, 5, 1), ["1 part could not be read now: what looks gone, shrunk or no longer failing may still be there."]),
          ((5, 2, 5, 0), ["2 parts could not be read then: what looks new or grown may have been there."]),
          ((0, 2, 0, 1), ["No record was read then, so all looks new.", "No record was read now, so all looks gone."]))],
    ("changeOf(x)", {"issues": 2}, "new"), ("changeOf(x)", {"issues": 2, "old": 1}, "grown"), ("changeOf(x)", {"issues": 2, "old": 2}, "same"),
    ("readMore(...x)", [500, 2000], "4 times as many records were read now."), ("readMore(...x)", [1000, 1100], None),
    ("readMore(...x)", [2, 1], "Twice as many records were read then."),
    ("readMore(...x)", [2000, 500], "4 times as many records were read then."),
    ("readMore(...x)", [1000, 1200], "20% more records were read now."), ("readMore(...x)", [0, 5], None),
    # Filters by words, in whatever order and case.
    *[("passes(x[0], x[1])", [GROUP, {**ANY, **more}], wanted) for more, wanted in (
        ({}, True), ({"text": "small k"}, True), ({"text": "SMALL"}, True), ({"text": "small large"}, False), ({"text": "r-9 none"}, True),
        ({"text": "absent"}, True), ({"text": "empty"}, False),
        ({"key": "K"}, True), ({"key": "k"}, False), ({"key": None}, False), ({"code": "c", "text": "a[1]"}, True),
        ({"change": "grown"}, True), ({"change": "new"}, False))],
    ("ordered(x, (one) => one, true)", ["a10", "a9", "B", "b", "\u00e4"], ["\u00e4", "a9", "a10", "b", "B"]),
    ("ordered(x, (one) => one, false)", [1, 10, 9], [10, 9, 1]),
]

# A group's key, what was read, and the command that lists the group; None: none can be typed.
LIST = "errata list --limit 0 --where "
COMMANDS = [
    ("K", {}, LIST + "'key = K' --where 'code = c' --where 'pattern = a[*]' run.ndjson"),
    (None, {}, LIST + "'!key' --where 'code = c' --where 'pattern = a[*]' run.ndjson"),
    (" a b", {}, LIST + "'key in [\" a b\"]' --where 'code = c' --where 'pattern = a[*]' run.ndjson"),
    ("it's", {}, LIST + "'key = it'\\''s' --where 'code = c' --where 'pattern = a[*]' run.ndjson"),
    ("K", {"inputs": ["-"]}, LIST + "'key = K' --where 'code = c' --where 'pattern = a[*]' FILE"),
    ("K", {"inputs": ["-x.ndjson"]}, LIST + "'key = K' --where 'code = c' --where 'pattern = a[*]' ./-x.ndjson"),
    ("K", {"digit_names": 1, "asked": ["--code c"]}, "errata list --limit 0 --digit-names --where "
     "'key = K' --where 'code = c' --where 'pattern = a[*]' --code c run.ndjson"),
    ("K", {"asked": ["--record:redacted"]}, None), (["K" * 10, 9000], {}, None), ("a\u202eb", {}, None), ("K", {"asked": [["x", 9]]}, None),
]


def ask(page, expression, value):
    return page.run(f"{FACTS}; const {{ {', '.join(names())} }} = facts; const x = arguments[0]; return {expression};", value)


def names():
    return [name.split(":")[0].strip() for name in re.search(r"return \{\n(.*?)\n  \};\n\}\)\(\);", FACTS, re.DOTALL)[1].split(",")
            if name.strip()]


def says_what_it_must(page):
    for expression, value, wanted in WANTED:
        found = ask(page, expression, value)
        assert found == wanted, (expression, value, found, wanted)
    for key, data, wanted in COMMANDS:
        found = ask(page, "command(...x)", [{**GROUP, "key": key}, {**DATA, **data}])
        assert found == wanted, (key, data, found)


def has_a_sentence_for_each_deviation(page):
    kinds = re.search(r"## Deviations\n(.*?)\n## ", (ROOT / "docs/status-documents.md").read_text(encoding="utf-8"), re.DOTALL)[1]
    kinds = {name for row in re.findall(r"^\| (`.*?) \|", kinds, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert len(kinds) > 20 and set(ask(page, "Object.keys(deviations)", None)) == kinds


def marks_what_the_terminal_marks(page, folder):
    """The same characters as in C, whose escapes are in what is there without scripts."""
    points = [*range(1, 0xD800), *range(0xE000, 0x10000), *range(0xE0000, 0xE0100)]
    marked = set()
    size = 1200
    for first in range(0, len(points), 40 * size):
        part = points[first:first + 40 * size]
        documents = [payloads.document("r", [payloads.rule("".join(map(chr, part[at:at + size])), [
            payloads.issue("c", ["p"], "m")])]) for at in range(0, len(part), size)]
        path = payloads.write(folder / "points.ndjson", documents)
        text = errata("report", path)
        table = text.split("<caption>Rule keys</caption>")[1].split("</table>")[0]
        marked |= {int(point, 16) for point in re.findall(r"\\u\{([0-9A-F]+)\}", table)}
        marked |= {{"t": 9, "n": 10, "r": 13}[short[1]] for short in re.findall(r"\\[tnr]", table)}
    ours = ask(page, "x.filter((point) => isHostile(String.fromCodePoint(point)))", points)
    assert {0x1B, 0x202E, 0x3164, 0xE0041} <= marked and set(ours) == marked, sorted(set(ours) ^ marked)


def tests(page, folder):
    says_what_it_must(page)
    has_a_sentence_for_each_deviation(page)
    marks_what_the_terminal_marks(page, folder)


sys.exit(browser.try_pages(tests))
