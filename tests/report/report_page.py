"""The report in a real browser: it loads from the disk without a complaint, its numbers are those of the other
commands, sorting, filtering and opening work, by mouse and by keyboard, it runs nothing of the payload's, and it
fits a phone, the dark and paper. Skipped where there is no Chromium."""
import json
import pathlib
import re
import subprocess
import sys

import browser
import payloads
from asking import LOANS, OLD, errata, report

# The cells of the table's rows, as text.
ROWS = """return [...document.querySelectorAll(".groups > tbody > .row")].map((row) =>
    [...row.children].map((cell) => cell.textContent))"""
STATUS = "return document.querySelector('.status').textContent"


def groups(*words):
    return json.loads(errata("group", "--format", "json", "--sort", "records", *words, LOANS))


def is_quiet(page):
    assert page.complaints() == [], page.complaints()


def press_until(page, condition, *keys, most=400):
    for _ in range(most):
        if page.run(condition):
            return
        page.press(*keys)
    raise AssertionError(f"never true: {condition}")


# ---- What is shown

def shows_the_numbers(page, path):
    page.open(path)
    wanted = groups()
    summary = json.loads(errata("summary", "--format", "json", "--limit", "0", LOANS))
    assert page.run("return document.querySelector('h1').textContent") == "1,120 of 2,000 records fail"
    assert f"{wanted['records']:,}" == "1,120"
    tiles = dict(page.run("""return [...document.querySelectorAll(".hero .tiles div")].map((tile) =>
        [tile.querySelector("dt").textContent, tile.querySelector("dd:not(.small)").textContent])"""))
    assert tiles["Issues"] == f"{wanted['issues']:,}" and tiles["Groups"] == str(wanted["groups_total"])
    assert tiles["Documents"] == f"{summary['documents']:,}" and tiles["Rejects"] == str(summary["rejects"])
    assert tiles["Deviations"] == f"{sum(summary['deviations'].values()):,}"
    # Every row, in order.
    rows = page.run(ROWS)
    assert len(rows) == wanted["groups_total"]
    for row, group in zip(rows, wanted["groups"]):
        assert row[0] == group["key"] and row[1] == group["code"]
        assert row[2] == group["pattern"] + group["first"]["message"].replace("\n", "\\n"), row
        assert row[3:5] == [f"{group['issues']:,}", f"{group['records']:,}"]
    # The bars, by records and by issues.
    bars = "return [...document.querySelectorAll('.bars')][0].innerText"
    keys = {row["value"]: row for row in summary["top"]["key"]}
    assert all(f"{row['records']:,}" in page.run(bars) for row in keys.values())
    page.run("document.querySelectorAll('.switch button')[1].click()")
    assert all(f"{row['issues']:,}" in page.run(bars) for row in keys.values())
    # The map: a cell for each pair, with its records.
    cells = json.loads(errata("group", "--by", "key,code", "--format", "json", LOANS))["groups"]
    shown = page.run("""const codes = [...document.querySelectorAll(".map thead th")].map((cell) => cell.textContent);
        return [...document.querySelectorAll(".map tbody tr")].flatMap((row) =>
            [...row.querySelectorAll("td")].map((cell, i) => [row.querySelector("th").textContent, codes[i], parseInt(cell.textContent.replaceAll(",", ""))])
                .filter((cell) => cell[2] > 0))""")
    counted = {(cell["key"], cell["code"]): cell["records"] for cell in cells}
    assert shown and all(counted[key, code] == records for key, code, records in shown)
    is_quiet(page)


def sorts(page, path):
    page.open(path)
    header = "[...document.querySelectorAll('.groups thead th')]"
    press = "const cell = %s.find((cell) => cell.textContent === arguments[0]); cell.querySelector('button').click(); return cell.getAttribute('aria-sort')" % header
    number = [int(row[3].replace(",", "")) for row in page.run(ROWS)]
    assert page.run(press, "Issues") == "descending"
    assert [int(row[3].replace(",", "")) for row in page.run(ROWS)] == sorted(number, reverse=True) != number
    assert page.run(press, "Issues") == "ascending"
    assert [int(row[3].replace(",", "")) for row in page.run(ROWS)] == sorted(number)
    assert page.run(press, "Rule key") == "ascending"
    keys = [row[0] for row in page.run(ROWS)]
    assert keys == sorted(keys)
    assert page.run(f"return {header}.map((cell) => cell.getAttribute('aria-sort'))").count("none") == 5
    is_quiet(page)


def filters(page, path):
    page.open(path)
    page.run("document.getElementById('search').focus()")
    page.press(*"Email")
    page.until("return document.querySelector('.status').textContent.includes('match')")
    rows = page.run(ROWS)
    assert 0 < len(rows) < 70
    shown = page.run("return JSON.parse(document.getElementById('data').textContent).groups")
    wanted = [group for group in shown if "email" in json.dumps(group, ensure_ascii=False).lower()]
    assert len(rows) == len(wanted), (len(rows), len(wanted))
    page.run("const search = document.getElementById('search'); search.value = 'no such thing'; search.dispatchEvent(new Event('input'))")
    page.until("return !document.querySelector('.empty').hidden")
    assert page.run(STATUS).startswith("0 groups that match (with \u201cno such thing\u201d), of 70.")
    # A cell of the map leads to its groups, a chip back to all.
    page.run("document.querySelector('.map td button').click()")
    rows = page.run(ROWS)
    assert rows and len({(row[0], row[1]) for row in rows}) == 1
    wanted = groups("--key", rows[0][0], "--code", rows[0][1])
    assert len(rows) == wanted["groups_total"]
    for _ in range(2):
        page.run("document.querySelector('.chip').click()")
    assert len(page.run(ROWS)) == 70
    is_quiet(page)


def opens(page, path):
    page.open(path)
    page.run("document.querySelectorAll('.opener')[2].click()")
    row = page.run(ROWS)[2]
    lines = [json.loads(line) for line in errata("list", "--format", "ndjson", "--key", row[0], "--code", row[1],
                                                 "--where", "pattern = documents[*].sha256", LOANS).splitlines()]
    assert f"{len(lines)}" == row[3]
    shown = page.run("""return [...document.querySelectorAll(".detail .examples tbody tr")].map((row) =>
        [...row.children].map((cell) => cell.innerText.split("\\n")[0]))""")
    wanted = [[line["record"], line["path"], line["expected"], line["received"], line["message"],
               f"{pathlib.Path(line['source']).name}:{line['line']}"] for line in lines[:3]]
    assert shown == [["absent" if cell is None else cell for cell in row] for row in wanted], (shown, wanted)
    # The command that is offered lists these issues.
    command = page.run("return document.querySelector('.command code').textContent")
    done = subprocess.run(["sh", "-c", command.replace("errata", '"$ERRATA_PROGRAM"', 1) + " --format ndjson"],
                          capture_output=True, text=True, check=True)
    assert [json.loads(line) for line in done.stdout.splitlines()] == lines
    page.run("document.querySelectorAll('.opener')[2].click()")
    assert page.run("return document.querySelector('.detail') === null")
    is_quiet(page)


def compares(page, path):
    page.open(path)
    diff = json.loads(errata("diff", "--format", "json", OLD, LOANS))
    tiles = page.run("return document.querySelector('#changes').closest('section').querySelector('.tiles').innerText")
    for name in ("newly_failing", "no_longer_failing", "still_failing", "added", "removed"):
        assert str(diff["totals"][name]) in tiles.split("\n"), name
    heads = page.run("return [...document.querySelectorAll('.kinds h3')].map((head) => head.innerText)")
    for change in ("new", "grown"):
        assert any(change in head and str(diff["totals"]["groups"][change]) in head for head in heads), heads
    page.run("const select = document.getElementById('change'); select.value = 'new'; select.dispatchEvent(new Event('change'))")
    rows = page.run(ROWS)
    assert len(rows) == diff["totals"]["groups"]["new"]
    assert all("new" in row[6] for row in rows)
    is_quiet(page)


# ---- What must not happen

def says_what_was_not_read(page, folder):
    """No issue is no success: not where a status says otherwise, nor where there was more than could be read."""
    failed, good = {"status": "FAILED", "record_id": "a"}, {"status": "COMPLETED", "record_id": "b"}
    issue = payloads.document("r", [payloads.rule("K", [payloads.issue("c", ["p"], "m")])])
    old = payloads.write(folder / "had-issue.ndjson", [issue, good])
    inputs = {"green": [good], "failed": [failed, good], "cut": [good, 5, [], 7], "none": [5]}
    paths = {name: payloads.write(folder / f"{name}.ndjson", documents) for name, documents in inputs.items()}
    for name, wanted, colour in (("green", "No issue in 1 record", "pass"), ("failed", "No issue in 2 records", "open"),
                                 ("cut", "No issue in 1 record, but 2 parts could not be read", "open"),
                                 ("none", "No record was read: 1 part could not be read", None)):
        page.open(report(folder, f"unread-{name}", "--keep-going", paths[name]))
        is_quiet(page)
        assert page.run("return document.querySelector('h1').textContent") == wanted, name
        assert page.run("return document.title") == f"{wanted} - errata"
        bars = page.run("return [...document.querySelectorAll('.strip rect:not(.fill-track)')].map((part) => part.getAttribute('class'))")
        assert set(bars) == ({f"fill-{colour}"} if colour else set()), (name, bars)
    page.open(report(folder, "unread-failed", paths["failed"]))
    assert page.run("return document.querySelector('.lead').textContent").endswith(" \u00b7 documents: 1 COMPLETED, 1 FAILED")
    for name, badge, notices in (("green", "\u2713 gone", 0), ("cut", "? gone", 1)):
        page.open(report(folder, f"gone-{name}", "--keep-going", "--old", old, paths[name]))
        is_quiet(page)
        assert page.run("return document.querySelector('.kinds .badge').textContent") == badge
        found = page.run("return [...document.querySelectorAll('.notice')].map((one) => one.textContent)")
        assert len([one for one in found if "could not be read" in one]) == notices, found
        assert page.run("return document.querySelector('.badge-gone') === null") == bool(notices)


def runs_nothing_of_the_payload(page, folder):
    path = payloads.write(folder / "hostile.ndjson", payloads.hostile())
    page.open(report(folder, "hostile", "--old", str(path), "--where", f"message != {payloads.SCRIPT}x", str(path)))
    page.run("document.querySelectorAll('.opener').forEach((opener) => opener.click())")
    assert page.run("return window.pwned === undefined")
    assert page.run("return document.querySelectorAll('main script, main img, main iframe').length") == 0
    text = page.run("return document.querySelector('main').textContent")
    for hostile in payloads.HOSTILE:
        if hostile.isprintable():
            assert hostile in text, hostile
    assert not any(point in text for point in "\u202e\u2066\u200b\u2028\u0007\u001b\u007f")
    assert "evil\\u{202E}gnp.exe\\u{2066}" in text
    # What is shown of the payload stands apart from the text around it.
    assert page.run("""const walk = document.createTreeWalker(document.querySelector(".groups"), NodeFilter.SHOW_TEXT);
        for (let node; (node = walk.nextNode());) if (node.data.includes("evil") && !node.parentNode.closest("bdi, code")) return false;
        return true""")
    is_quiet(page)
    # The policy holds: what is put in from outside does not run.
    page.run("const script = document.createElement('script'); script.textContent = 'window.pwned = 7'; document.body.append(script)")
    page.run("document.body.append(Object.assign(document.createElement('img'), { src: 'https://localhost:1/x.png' }))")
    assert page.run("return window.pwned === undefined")
    complaints = page.complaints()
    assert len(complaints) == 2 and all("Content Security Policy" in complaint for complaint in complaints), complaints


def stands_odd_payloads(page, folder):
    odd = {"none": [], "good": payloads.without_issues(), "single": payloads.single(), "long": payloads.long(),
           "scripts": payloads.scripts()}
    for name, documents in odd.items():
        path = report(folder, name, str(payloads.write(folder / f"{name}.ndjson", documents)))
        for width in (375, 1280):
            page.open(path, width=width)
            page.run("document.querySelectorAll('.opener').forEach((opener) => opener.click())")
            fits(page, f"{name} at {width}")
        is_quiet(page)
        text = page.run("return document.querySelector('main').textContent")
        for document in documents:
            for rule in document["errors"]:
                assert all(issue["message"][:4000] in text for issue in rule["errors"]), name
    assert page.run("return [...document.querySelectorAll('bdi')].some((node) => getComputedStyle(node).unicodeBidi === 'isolate')")


def tells_absent_from_empty(page, folder):
    issues = [payloads.issue("custom", ["a"], "m")]
    documents = [payloads.document("r-1", [{"message": "no key", "errors": issues}]),
                 payloads.document("r-2", [payloads.rule("", issues)])]
    page.open(report(folder, "absent", str(payloads.write(folder / "absent.ndjson", documents))))
    for number in range(2):
        page.run("document.querySelectorAll('.bars')[0].querySelectorAll('tbody button')[arguments[0]].click()", number)
        rows = page.run(ROWS)
        assert [row[0] for row in rows] == [["absent", "empty"][number]], rows
    is_quiet(page)


def stays_quick(page, folder):
    """Many groups: few rows at first, more when asked, and all of them in filters and in the order."""
    path = payloads.write(folder / "many.ndjson", payloads.many(3000))
    page.open(report(folder, "many", "--max-groups", "2500", str(path)))
    assert page.run("return document.querySelectorAll('.row').length") == 100
    assert "This page has 2,500 of 3,000 groups" in page.run(STATUS)
    assert page.run("return performance.getEntriesByName('errata-ready').length") == 1
    page.run("document.querySelector('.groups + .empty + .more').click()")
    assert page.run("return document.querySelectorAll('.row').length") == 200
    assert page.run(STATUS).startswith("Showing 200 of 2,500 groups")
    # The end of the page can be reached: rows come when they are asked for, not while one scrolls.
    page.run("scrollTo(0, document.documentElement.scrollHeight)")
    assert page.run("return new Promise((done) => setTimeout(() => done(document.querySelectorAll('.row').length), 200))") == 200
    page.run("const search = document.getElementById('search'); search.value = 'field2499'; search.dispatchEvent(new Event('input'))")
    page.until("return document.querySelectorAll('.row').length === 1")
    is_quiet(page)


# ---- For whom it must work

def fits(page, what):
    """Nothing makes the page wider than its window."""
    wide = page.run("""const width = document.documentElement.clientWidth;
        return document.documentElement.scrollWidth <= width ? [] :
            [document.documentElement.scrollWidth, ...[...document.querySelectorAll("body *")].filter((node) =>
                node.getBoundingClientRect().right > width + 1).slice(0, 5).map((node) => node.outerHTML.slice(0, 80))]""")
    assert wide == [], (what, wide)


def works_by_keyboard(page, path):
    page.open(path)
    focus = "return document.activeElement"
    page.press("Tab")
    assert page.run(f"{focus}.className") == "skip"
    page.press("Enter", "Tab")
    assert page.run(f"{focus}.id") == "search"
    press_until(page, f"{focus}.className === 'plain opener'", "Tab", most=12)
    page.press("Enter")
    assert page.run(f"{focus}.getAttribute('aria-expanded')") == "true"
    assert page.run("return document.querySelectorAll('.detail').length") == 1
    page.press("Space")
    assert page.run("return document.querySelectorAll('.detail').length") == 0
    outline = page.run(f"const style = getComputedStyle(document.activeElement); return [style.outlineStyle, parseFloat(style.outlineWidth)]")
    assert outline[0] == "solid" and outline[1] >= 2, outline
    # Every control can be reached, and none keeps the focus.
    page.open(path)
    controls = page.run("return [...document.querySelectorAll('button, input, select, a[href], [tabindex=\"0\"]')].filter((node) => node.checkVisibility()).length")
    page.run("window.reached = new Set(); document.addEventListener('focusin', (event) => window.reached.add(event.target))")
    page.press(*["Tab"] * (controls + 1))
    assert page.run("return window.reached.size") == controls


def can_be_read_aloud(page, path):
    page.open(path)
    page.run("document.querySelector('.opener').click()")
    assert page.run("return document.documentElement.lang") == "en"
    assert page.run("return document.title").startswith("1,120 of 2,000 records fail")
    for landmark in ("header", "main"):
        assert page.run(f"return document.querySelectorAll('{landmark}').length") == 1
    heads = page.run("return [...document.querySelectorAll('h1, h2, h3, h4')].map((head) => Number(head.tagName[1]))")
    assert heads[0] == 1 and heads.count(1) == 1
    assert all(next_one <= one + 1 for one, next_one in zip(heads, heads[1:])), heads
    problems = page.run("""
        const bad = (what, list) => [...list].map((node) => what + ": " + node.outerHTML.slice(0, 120));
        const all = (selector) => [...document.querySelectorAll(selector)];
        const ids = all("[id]").map((node) => node.id);
        const name = (node) => node.getAttribute("aria-label") || node.textContent.trim() || (node.labels && node.labels.length && node.labels[0].textContent);
        return [
            ...bad("no name", all("button, input, select, a").filter((node) => !name(node))),
            ...bad("no caption", all("table").filter((node) => !node.caption)),
            ...bad("no scope", all("th").filter((node) => !node.scope)),
            ...bad("no role", all("tr, td, th, tbody, thead").filter((node) => !node.getAttribute("role"))),
            ...bad("no text for a picture", all("svg").filter((node) => node.getAttribute("aria-hidden") !== "true" && !(node.getAttribute("role") === "img" && node.querySelector("title")))),
            ...bad("no such label", all("[aria-labelledby]").filter((node) => !document.getElementById(node.getAttribute("aria-labelledby")))),
            ...bad("same id", all("[id]").filter((node, i) => ids.indexOf(node.id) !== i)),
            ...bad("no button in a sorted title", all("[aria-sort]").filter((node) => !node.querySelector("button"))),
        ];""")
    assert problems == [], problems


# Colours of text against what is behind it, as WCAG has it: 4.5, and 3 for large text.
LIGHT = """
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const rgb = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
const part = (value) => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
"""
CONTRAST = LIGHT + """
const behind = (node) => { for (; node; node = node.parentElement) { const color = rgb(getComputedStyle(node).backgroundColor); if (color[3] === 255) return color; } return [255, 255, 255, 255]; };
const found = new Set();
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node; (node = walk.nextNode());) {
  const parent = node.parentElement;
  if (!node.data.trim() || parent.closest("script, style, noscript, .hidden, .skip") || !parent.checkVisibility()) continue;
  const style = getComputedStyle(parent);
  const one = light(rgb(style.color)), other = light(behind(parent));
  const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  const size = parseFloat(style.fontSize);
  if (ratio < (size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5)) found.add(`${parent.className || parent.tagName} ${ratio.toFixed(2)} ${style.color}`);
}
return [...found];
"""


def can_be_seen(page, path):
    for dark in (False, True):
        page.open(path, dark=dark)
        page.run("document.querySelectorAll('.opener')[0].click()")
        assert page.run(CONTRAST) == [], (dark, page.run(CONTRAST))
    background = "return getComputedStyle(document.body).backgroundColor"
    dark = page.run(background)
    page.run("document.getElementById('theme').click()")
    light = page.run(background)
    assert light != dark
    page.look(dark=False)
    assert page.run(background) == light
    page.run("document.getElementById('theme').click()")
    assert page.run(background) == dark
    is_quiet(page)


def fits_a_phone(page, path):
    for width in (375, 320, 768, 1024, 1920):
        page.open(path, width=width)
        page.run("document.querySelectorAll('.opener')[0].click()")
        fits(page, width)
    is_quiet(page)


def leaves_room_for_patterns(page, paths):
    """On a tablet, and on a laptop where a page is made larger, the pattern can be read."""
    for path in paths:
        for width in (753, 768, 850, 1000, 1024, 1040, 1100, 1280):
            page.open(path, width=width)
            page.run("document.querySelectorAll('.opener')[0].click()")
            fits(page, width)
            room = page.run("return document.querySelector('.groups .row').children[2].getBoundingClientRect().width")
            assert room >= 180, (path, width, room)


def has_room_for_billions(page, path):
    """Numbers that no test can read in are put into the page."""
    text = re.sub(r'"(issues|records|only|records_read|records_failing|issues_read|documents)":(\d{3,})', r'"\1":\g<2>000000',
                  path.read_text(encoding="utf-8"))
    text = re.sub(r'(\["CHECK_INCOME",)(\d+),(\d+)', r"\1\g<2>000000,\g<3>000000", text)
    large = path.with_name("large.html")
    large.write_text(text, encoding="utf-8")
    for width in (320, 1280):
        page.open(large, width=width)
        fits(page, width)
        over = page.run("""return [...document.querySelectorAll(".tiles dd, .tiles dt, .bars .number, .groups .number")].filter((node) =>
            node.checkVisibility() && node.scrollWidth > node.clientWidth + 1).map((node) => node.outerHTML.slice(0, 90))""")
        assert over == [], (width, over)
    assert page.run("return document.querySelector('.tiles dd:not(.small) span').title") == "3,661,000,000"


def keeps_what_is_open(page, path):
    page.open(path)
    page.run("document.querySelectorAll('.opener')[2].focus()")
    page.press("Enter")
    key = page.run(ROWS)[2][:3]
    page.run("document.querySelectorAll('.groups thead button')[3].click(); document.querySelectorAll('.groups thead button')[0].click()")
    assert page.run("return document.querySelectorAll('.detail').length") == 1
    assert page.run("return [...document.querySelector('.row.open').children].slice(0, 3).map((cell) => cell.textContent)") == key
    assert page.run("return document.querySelector('.row.open').nextSibling.className") == "detail"
    # The command is copied or, where a browser forbids that, marked.
    page.run("document.querySelector('.copy').click()")
    page.until("return ['Copied', 'Marked'].includes(document.querySelector('.copy').textContent)")
    # Escape closes from within as well, and leaves the focus where it came from.
    page.run("document.querySelector('.copy').focus()")
    page.press("Escape")
    assert page.run("return document.querySelector('.detail') === null")
    assert page.run("return document.activeElement.className") == "plain opener"


def has_names_that_differ(page, path):
    """As a screen reader has them: no break within a name, no arrow, and what tells two openers of one key apart."""
    page.open(path)
    page.cdp("Accessibility.enable")
    nodes = page.cdp("Accessibility.getFullAXTree")["nodes"]
    named = [(node["name"]["value"], node.get("description", {}).get("value", "")) for node in nodes
             if node.get("role", {}).get("value") == "button"]
    names = [name for name, _ in named]
    assert "CHECK_INCOME" in names and "Rule key" in names and "CHECK_ INCOME" not in names
    assert not any(mark in name for name in names for mark in "\u2195\u2191\u2193\u25b8"), names
    openers = [pair for pair in named if pair[0] == "CHECK_INCOME" and pair[1] not in ("", "Show these groups in the table")]
    assert len(openers) > 2 and len({about for _, about in openers}) > 1, openers


def tells_parts_apart(page, path):
    """The parts of the first bar, in the grey of what they are: no two neighbours alike."""
    for dark in (False, True):
        page.open(path, dark=dark)
        found = page.run(LIGHT + """return [...document.querySelectorAll(".strip > svg rect:not(.fill-track)")].map((part) =>
            light(rgb(getComputedStyle(part).fill)))""")
        assert len(found) == 3
        for one, other in zip(found, found[1:]):
            assert (max(one, other) + 0.05) / (min(one, other) + 0.05) >= 1.75, (dark, found)


def shows_what_is_pressed_without_colours(page, path):
    page.open(path)
    page.cdp("Emulation.setEmulatedMedia", features=[{"name": "forced-colors", "value": "active"}])
    width = "return getComputedStyle(document.querySelector('[aria-pressed=\"%s\"]')).borderTopWidth"
    assert (page.run(width % "true"), page.run(width % "false")) == ("2px", "0px")
    page.cdp("Emulation.setEmulatedMedia", features=[])


def is_light_in_older_browsers(page, path):
    """Where light-dark() is not known, the light one of each pair stands."""
    style = re.search(r"<style>(.*?)</style>", path.read_text(encoding="utf-8"), re.DOTALL)[1]
    light = style.split("@supports not (color: light-dark(red, red))")[1]
    pairs = dict(re.findall(r"(--[\w-]+): light-dark\(([^,]+),", style))
    assert len(pairs) > 25 and dict(re.findall(r"(--[\w-]+): ([^;]+);", light)) == pairs


def does_not_jump(page, path):
    page.open(path)
    moved = page.run("""return new Promise((done) => {
        let sum = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; })).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(sum), 500);
    })""")
    assert moved < 0.01, moved


def prints(page, path):
    page.open(path, dark=True)
    assert page.pdf().startswith(b"%PDF")
    page.cdp("Emulation.setEmulatedMedia", media="print")
    assert page.run("return getComputedStyle(document.getElementById('theme')).display") == "none"
    assert page.run("return getComputedStyle(document.documentElement).colorScheme") == "light"
    page.cdp("Emulation.setEmulatedMedia", media="")
    is_quiet(page)


def reads_without_scripts(page, path):
    page.cdp("Emulation.setScriptExecutionDisabled", value=True)
    page.open(path)
    page.cdp("Emulation.setScriptExecutionDisabled", value=False)
    text = page.run("return document.body.innerText")
    assert "1120 of 2000 records fail" in text and "Groups: 50 of 70" in text
    assert page.run("return document.querySelectorAll('noscript table').length") == 3


def tests(page, folder):
    plain = report(folder, "plain", LOANS)
    compared = report(folder, "compared", "--old", OLD, LOANS)
    shows_the_numbers(page, plain)
    sorts(page, plain)
    filters(page, plain)
    opens(page, plain)
    compares(page, compared)
    says_what_was_not_read(page, folder)
    runs_nothing_of_the_payload(page, folder)
    stands_odd_payloads(page, folder)
    tells_absent_from_empty(page, folder)
    stays_quick(page, folder)
    works_by_keyboard(page, compared)
    can_be_read_aloud(page, compared)
    can_be_seen(page, compared)
    fits_a_phone(page, compared)
    leaves_room_for_patterns(page, (plain, compared))
    has_room_for_billions(page, plain)
    keeps_what_is_open(page, plain)
    has_names_that_differ(page, plain)
    tells_parts_apart(page, plain)
    shows_what_is_pressed_without_colours(page, plain)
    is_light_in_older_browsers(page, plain)
    does_not_jump(page, plain)
    prints(page, compared)
    reads_without_scripts(page, plain)


sys.exit(browser.try_pages(tests))
