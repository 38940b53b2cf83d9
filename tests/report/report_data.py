"""What errata report writes, without a browser: the data in the page are what the other commands say, hostile texts
are data only, cuts are told, and the same question gives the same bytes."""
import base64
import hashlib
import html.parser
import json
import pathlib
import re
import sys
import tempfile

import payloads
from asking import LOANS, OLD, errata


class Page(html.parser.HTMLParser):
    """The elements of a page, as a browser without scripts sees them."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags = []
        self.inside = {}
        self.policy = None
        self.open = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append(tag)
        self.open.append((tag, values.get("id")))
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"]
        if tag in ("meta", "wbr", "br", "input"):
            self.open.pop()

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for tag, identity in self.open:
            self.inside[identity or tag] = self.inside.get(identity or tag, "") + data


def report(*words):
    text = errata("report", *words)
    page = Page(text)
    return text, page, json.loads(page.inside["data"])


def equals_the_other_commands(*filters):
    data = report(*filters, LOANS)[2]
    summary = json.loads(errata("summary", "--format", "json", "--limit", "0", *filters, LOANS))
    groups = json.loads(errata("group", "--format", "json", "--sort", "records", *filters, LOANS))
    totals = data["totals"]
    for name in ("documents", "rule_errors", "issues", "rejects"):
        assert totals[name] == summary[name], name
    assert totals["records_failing"] == groups["records"]
    assert totals["groups"] == groups["groups_total"] == len(data["groups"])
    assert dict(data["statuses"]) == summary["statuses"]
    assert dict(data["deviations"]) == summary["deviations"]
    assert totals["deviations"] == sum(summary["deviations"].values())
    for bars, name in (("keys", "key"), ("codes", "code")):
        assert sorted(bar[:3] for bar in data[bars]) == sorted(
            [row["value"], row["issues"], row["records"]] for row in summary["top"][name])
    for ours, theirs in zip(data["groups"], groups["groups"]):
        for name in ("key", "code", "pattern", "issues", "records"):
            assert ours[name] == theirs[name], (ours, theirs)
        assert ours["message"] == theirs["first"]["message"]
    cells = json.loads(errata("group", "--by", "key,code", "--format", "json", *filters, LOANS))
    counted = {(row["key"], row["code"]): [row["issues"], row["records"]] for row in cells["groups"]}
    for key, code, issues, records in data["map"]:
        assert counted[data["keys"][key][0], data["codes"][code][0]] == [issues, records]
    assert data["asked"] == [" ".join(pair) for pair in zip(filters[::2], filters[1::2])]


def counts_what_stands_alone(*filters):
    """Records with one rule key only, or one group only, counted again from the issues themselves: from all of them,
    since a record that has others as well does not pass once this one is put right."""
    data = report(*filters, LOANS)[2]

    def record_of(issue):
        return issue["app"], issue["collection"], issue["record"]

    def issues(*words):
        return [json.loads(line) for line in errata("list", "--format", "ndjson", *words, LOANS).splitlines()]

    keys, groups = {}, {}
    for issue in issues():
        keys.setdefault(record_of(issue), set()).add(issue["key"])
        groups.setdefault(record_of(issue), set()).add((issue["key"], issue["code"], issue["pattern"]))
    asked = {record_of(issue) for issue in issues(*filters)}
    alone = [next(iter(keys[record])) for record in asked if len(keys[record]) == 1]
    assert data["totals"]["records_one_key"] == len(alone) > 0
    assert all(alone.count(key) == only for key, _, _, only in data["keys"])
    alone = [next(iter(groups[record])) for record in asked if len(groups[record]) == 1]
    assert alone and all(alone.count((group["key"], group["code"], group["pattern"])) == group["only"]
                         for group in data["groups"])


def shows_examples():
    """Three issues of each group, of different records where there are, each as list has it."""
    data = report(LOANS)[2]
    rows = {}
    for line in errata("list", "--format", "ndjson", LOANS).splitlines():
        issue = json.loads(line)
        rows.setdefault((issue["key"], issue["code"], issue["pattern"]), []).append(issue)
    for group in data["groups"]:
        there = rows[group["key"], group["code"], group["pattern"]]
        assert len(group["examples"]) == min(3, len(there))
        assert len({one["record"] for one in group["examples"]}) == min(3, group["records"])
        for one in group["examples"]:
            same = [row for row in there if row["line"] == one["line"] and row["path"] == one["path"]]
            assert any(all(one.get(name) == row[name] for name in
                           ("record", "collection", "status", "expected", "received", "message", "source"))
                       for row in same), one


def tells_what_changed():
    data = report("--old", OLD, LOANS)[2]
    diff = json.loads(errata("diff", "--format", "json", OLD, LOANS))
    ours, totals = data["diff"], diff["totals"]
    assert ours["groups"] == totals["groups"]
    for name in ("newly_failing", "no_longer_failing", "still_failing", "added", "removed"):
        assert ours[name] == totals[name], name
    before = {(row["key"], row["code"], row["pattern"]): row["issues"][0] for row in diff["groups"]}
    for group in data["groups"]:
        assert group["old"] == before[group["key"], group["code"], group["pattern"]], group
    for change, rows in ours["changed"].items():
        greatest = [row for row in diff["groups"] if row["change"] == change][:25]
        assert [(row["old"], row["issues"]) for row in rows] == [tuple(row["issues"]) for row in greatest], change
    # The other way round, and against itself.
    assert report("--old", LOANS, OLD)[2]["diff"]["groups"]["gone"] == totals["groups"]["new"]
    assert report("--old", LOANS, LOANS)[2]["diff"]["groups"]["same"] == data["totals"]["groups"]


def keeps_hostile_texts_as_data(folder):
    path = payloads.write(folder / "hostile.ndjson", payloads.hostile())
    text, page, data = report("--where", "message ~ .", str(path))
    shown = {group["key"] for group in data["groups"]}
    assert shown == set(payloads.HOSTILE), shown
    # Two scripts, one style, and in the plain part nothing but what errata writes.
    assert page.tags.count("script") == 2 and page.tags.count("style") == 1
    assert not {"img", "iframe", "a href", "object", "link", "base", "form"} & set(page.tags)
    assert "<" not in text.split('id="data">')[1].split("</script>")[0]
    assert payloads.SCRIPT in page.inside["noscript"]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\u0007\u001b\u007f]", page.inside["noscript"])


def has_a_policy():
    """The hashes in the page are those of its one style and its one script."""
    text, page, _ = report(LOANS)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    script = re.search(r"<script>(.*?)</script>", text, re.DOTALL)[1]
    wanted = {"default-src 'none'", "base-uri 'none'", "form-action 'none'"}
    for name, part in (("style-src", style), ("script-src", script)):
        digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        wanted.add(f"{name} 'sha256-{digest}'")
    assert set(page.policy.split("; ")) == wanted, page.policy
    assert "innerHTML =" not in script and "insertAdjacentHTML" not in script and "http:" not in script.replace(
        "http://www.w3.org/2000/svg", "")


def cuts_and_says_so(folder):
    path = payloads.write(folder / "many.ndjson", payloads.many(3000))
    data = report(str(path))[2]
    assert len(data["groups"]) == 2000 and data["totals"]["groups"] == 3000
    assert len(report("--max-groups", "7", str(path))[2]["groups"]) == 7
    path = payloads.write(folder / "long.ndjson", payloads.long())
    group = report(str(path))[2]["groups"][0]
    assert group["message"] == ["word" * 1024, 12000]
    # A character is not cut in two.
    text = "x" + "\u00e9" * 4000
    path = payloads.write(folder / "wide.ndjson", [payloads.document("r", [payloads.rule(
        "K", [payloads.issue("c", ["p"], text)])])])
    assert report(str(path))[2]["groups"][0]["message"] == [text[:2048], 8001]


def has_the_greatest_bars_of_both_counts(folder):
    """What is in few records but has most issues is there, beside those that are in most records."""
    documents = [payloads.document(f"r-{number}", [payloads.rule(f"KEY_{number % 120:03}", [
        payloads.issue(f"code_{number % 120:03}", ["p"], "m")])]) for number in range(360)]
    documents.append(payloads.document("huge", [payloads.rule("HUGE", [payloads.issue("huge", ["p"], "m")] * 5000)]))
    data = report(str(payloads.write(folder / "bars.ndjson", documents)))[2]
    for bars, most in ((data["keys"], "HUGE"), (data["codes"], "huge")):
        assert len(bars) == 101 and [most, 5000, 1] in [bar[:3] for bar in bars]
        assert [bar[2] for bar in bars[:100]] == [3] * 100
        assert len({bar[0] for bar in bars}) == len(bars)
    assert data["totals"]["keys"] == 121


def counts_statuses(folder):
    documents = [payloads.document(f"r-{number}", [], status=f"S{number}") for number in range(40)]
    data = report(str(payloads.write(folder / "statuses.ndjson", documents)))[2]
    assert len(data["statuses"]) == 25 and data["statuses_total"] == 40


def says_what_is_cut_without_scripts(folder):
    def plain(*words):
        return report(*words)[1].inside["noscript"]

    assert "Groups: 50 of 70" in plain(LOANS) and "Groups: 7 of 70" in plain("--max-groups", "7", LOANS)
    path = payloads.write(folder / "few.ndjson", payloads.many(12))
    assert "Groups: 5 of 12" in plain("--max-groups", "5", str(path)) and "Groups: " not in plain(str(path))
    text = "k" * 5000
    path = payloads.write(folder / "key.ndjson", [payloads.document("r", [payloads.rule(
        text, [payloads.issue("c", ["p"], "m")])])])
    assert "k" * 4096 + "\u2026 (5000 bytes in all)" in plain(str(path))
    diff = json.loads(errata("diff", "--format", "json", OLD, LOANS))["totals"]
    shown = plain("--old", OLD, LOANS)
    assert f"Since {OLD}: records newly failing {diff['newly_failing']}, " in shown
    assert f"groups new {diff['groups']['new']}, grown {diff['groups']['grown']}, " in shown
    assert "Since" not in plain(LOANS)
    assert "513 of 2000 records have such an issue" in plain("--key", "CHECK_INCOME", LOANS)


def is_the_same_again(folder):
    index = folder / "run.errata"
    errata("index", "-o", str(index), LOANS)
    first, again = (errata("report", "--old", OLD, LOANS, text=False) for _ in range(2))
    assert first == again
    of_file = report(LOANS)[2]
    of_index = report(str(index))[2]
    del of_file["inputs"], of_index["inputs"]
    assert of_file == of_index
    errata("report", "-o", str(folder / "out.html"), LOANS)
    assert (folder / "out.html").read_bytes() == errata("report", LOANS, text=False)


def main():
    with tempfile.TemporaryDirectory(prefix="errata-report-") as name:
        folder = pathlib.Path(name)
        equals_the_other_commands()
        equals_the_other_commands("--where", "message ~ (?i)expected", "--key", "CHECK_INCOME")
        equals_the_other_commands("--code", "no such code")
        counts_what_stands_alone()
        counts_what_stands_alone("--key", "CHECK_INCOME")
        counts_what_stands_alone("--where", "message ~ (?i)expected")
        shows_examples()
        tells_what_changed()
        keeps_hostile_texts_as_data(folder)
        has_a_policy()
        cuts_and_says_so(folder)
        has_the_greatest_bars_of_both_counts(folder)
        counts_statuses(folder)
        says_what_is_cut_without_scripts(folder)
        is_the_same_again(folder)
    return 0


sys.exit(main())
