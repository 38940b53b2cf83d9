"""That what the report's page leaves out is said where it is left out, on the screen and on paper, and that its words are
true under filters, beside an older run and beside rejects. Skipped where there is no Chromium."""
import re
import sys

import browser
import payloads
from asking import LOANS, OLD, report

MAIN = "return document.querySelector('main').innerText"
STATUS = "return document.querySelector('.status').innerText"


def keeps_its_promises_under_filters(page, folder):
    """A record that passes once this is put right has nothing else, whatever the filters leave out."""
    page.open(report(folder, "filtered", "--key", "CHECK_INCOME", LOANS))
    text = page.run(MAIN)
    assert "513 of 2,000 records have such an issue" in text
    assert "74 fail by one rule key only" in text and "439 fail by several" in text and "1,487 have no such issue" in text
    assert "alone in 74 records" in text and "alone in 513" not in text


def shows_the_most_by_both_counts(page, folder):
    documents = [payloads.document(f"r-{number}", [payloads.rule(f"KEY_{number % 120:03}", [
        payloads.issue("c", ["p"], "m")])]) for number in range(360)]
    documents.append(payloads.document("huge", [payloads.rule("HUGE", [payloads.issue("c", ["p"], "m")] * 5000)]))
    page.open(report(folder, "bars", str(payloads.write(folder / "bars.ndjson", documents))))
    card = "return document.querySelector('.charts .card').innerText"
    assert "10 of 121 rule keys, most records first." in page.run(card) and "HUGE" not in page.run(card)
    assert "the only rule key that fails" in page.run(card)
    page.run("document.querySelectorAll('.switch button')[1].click()")
    assert "10 of 121 rule keys, most issues first." in page.run(card)
    assert page.run("return document.querySelector('.bars tbody tr').innerText").split() == ["HUGE", "93%", "5,000"]
    # What is said of records is not there where issues are counted.
    assert "alone in" not in page.run(card) and "the only rule key" not in page.run(card)
    page.run("document.querySelector('.charts .card button.more').click()")
    assert "100 of 121 rule keys, most issues first." in page.run(card)
    assert page.run("return document.querySelectorAll('.bars')[0].querySelectorAll('tbody tr').length") == 100


def says_how_much_there_is(page, folder):
    documents = [payloads.document(f"r-{number}", [payloads.rule("K", [payloads.issue("c", [f"f{number}"], "m")])],
                                   status=f"S{number}") for number in range(40)]
    path = report(folder, "cuts", "--max-groups", "7", str(payloads.write(folder / "cuts.ndjson", documents)))
    page.open(path)
    text = page.run(MAIN)
    for words in ("25 of 40 statuses, most documents first.", "7 of 40 groups, most records first.",
                  "7 groups. This page has 7 of 40 groups, those in most records (--max-groups)."):
        assert words in text, words
    # As a library writes it that was given a limit in bytes.
    cut = path.read_text(encoding="utf-8").replace('"map_keys":', '"cut_at_bytes":123456,"map_keys":')
    path.write_text(cut, encoding="utf-8")
    page.open(path)
    assert "those in most records: it was cut at 123,456 bytes." in page.run(STATUS)


def says_so_on_paper(page, folder):
    """Notes and the words of filters stay, buttons go; heads that are repeated have their words."""
    page.open(report(folder, "paper", "--old", OLD, LOANS))
    page.run("document.querySelector('.map td button').click()")
    page.run("""const select = document.getElementById('change'); select.value = 'grown'; select.dispatchEvent(new Event('change'));
        const search = document.getElementById('search'); search.value = 'Income'; search.dispatchEvent(new Event('input'))""")
    page.until("return document.querySelector('.status').innerText.includes('Income')")
    page.cdp("Emulation.setEmulatedMedia", media="print")
    text = page.run(MAIN)
    assert "10 of 16 codes, most records first." in text and "The 8 greatest of 16." in text
    assert re.search(r"\d+ groups? that match(es)? \(with \u201cIncome\u201d, rule key CHECK_INCOME, code invalid_type, only grown\), of 70\.",
                     page.run(STATUS)), page.run(STATUS)
    assert page.run("return [...document.querySelectorAll('main button.more, .tools')].every((node) => !node.checkVisibility())")
    assert page.run("return getComputedStyle(document.querySelector('.groups thead button')).display") == "contents"
    page.cdp("Emulation.setEmulatedMedia", media="")


def leads_from_what_changed(page, folder):
    path = report(folder, "changes", "--old", OLD, LOANS)
    page.open(path)
    card = "return [...document.querySelectorAll('.kinds .card')].find((card) => card.innerText.includes('grown'))"
    assert "The 8 greatest of 54." in page.run(f"{card}.innerText")
    page.run(f"{card}.querySelectorAll('button.more')[0].click()".replace("return ", ""))
    assert "The 25 greatest of 54." in page.run(f"{card}.innerText")
    page.run(f"{card}.querySelectorAll('button.more')[1].click()".replace("return ", ""))
    assert page.run(STATUS) == "54 groups that match (only grown), of 70."
    assert page.run("return document.getElementById('change').value") == "grown"
    page.run(f"{card}.querySelector('button.plain').click()".replace("return ", ""))
    opened = page.run("return document.querySelector('.row.open').innerText")
    assert "borrowers[*].income.monthly" in opened and "669" in opened
    # Four times as many records were read, so counts alone say little.
    text = page.run("return document.querySelector('#changes').closest('section').innerText")
    assert "252 of 500 records (50%) then" in text and "1,120 of 2,000 records (56%) now" in text
    assert "4 times as many records were read now." in text and "20% \u2192 22% of records" in text
    page.open(report(folder, "alike", "--old", LOANS, LOANS))
    assert "records were read" not in page.run(MAIN)


def tells_what_could_not_be_read(page, folder):
    path = payloads.write(folder / "broken.ndjson", payloads.single())
    with open(path, "a", encoding="utf-8") as file:
        file.write("{broken\n" * 8)
    page.open(report(folder, "broken", "--keep-going", str(path)))
    assert "8 parts could not be read" in page.run("return document.querySelector('.hero .lead').innerText")
    assert page.run("return document.querySelector('.hero .lead a').getAttribute('href')") == "#read"
    assert "8" == page.run("return document.querySelector('.tiles .alarm dd:not(.small)').innerText")
    page.open(report(folder, "whole", LOANS))
    assert page.run("return document.querySelector('.alarm')") is None


def tells_what_looks_alike(page, folder):
    """Spaces, and a number from the text of it."""
    values = [" a b", "a b", "a  b", "a b ", "a\u00a0b", "5", 5]
    documents = [payloads.document(f"r-{number}", [payloads.rule("K", [
        payloads.issue("c", [f"f{number}"], "m", expected="x", received=value)])]) for number, value in enumerate(values)]
    page.open(report(folder, "alike", str(payloads.write(folder / "alike.ndjson", documents))))
    page.run("document.querySelectorAll('.opener').forEach((opener) => opener.click())")
    shown = page.run("return [...document.querySelectorAll('.examples tbody tr')].map((row) => row.children[3].innerText)")
    assert shown == ["\u2423a b", "a b", "a  b", "a b\u2423", "a\\u{A0}b", "5", "5 JSON"], shown


def searches_by_words(page, folder):
    page.open(report(folder, "words", LOANS))

    def search(text):
        page.run("const search = document.getElementById('search'); search.value = arguments[0]; search.dispatchEvent(new Event('input'))", text)
        page.until("return document.querySelector('.status').innerText.includes('(with \u201c' + arguments[0])", text)
        return page.run("return document.querySelectorAll('.row').length")

    assert 0 < search("monthly CHECK_INCOME") < 70
    assert search("monthly nowhere") == 0
    assert "Of records only those of the examples are searched" in page.run("return document.querySelector('.empty').innerText")


def tests(page, folder):
    for test in (keeps_its_promises_under_filters, shows_the_most_by_both_counts, says_how_much_there_is, says_so_on_paper,
                 leads_from_what_changed, tells_what_could_not_be_read, tells_what_looks_alike, searches_by_words):
        test(page, folder)
        assert page.complaints() == [], test


sys.exit(browser.try_pages(tests))
