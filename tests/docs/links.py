"""Every link of README.md and docs/ leads somewhere: to a file that is there, and to a heading that is in it. Every file
of the project that they name is there. Every document can be reached from README.md.
"""
import re
import sys

import pages

ROOT = pages.ROOT
# Folders whose files are named by their paths.
FOLDERS = "bench|cli|docs|examples|include|lib|tests"


def anchors(page):
    """The names that GitHub gives headings."""
    text = pages.prose(page.read_text(encoding="utf-8"))
    found = []
    for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE):
        name = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        found.append(f"{name}-{found.count(name)}" if name in found else name)
    return found


def links(page):
    """Relative ones, in prose, with the file that each leads to."""
    text = re.sub(r"`[^`\n]*`", "", pages.prose(page.read_text(encoding="utf-8")))
    for link in re.findall(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"", text):
        link = link[0] or link[1]
        if not re.match(r"\w+:", link):
            name, _, anchor = link.partition("#")
            yield link, (page.parent / name).resolve() if name else page, anchor


def broken(page):
    for link, target, anchor in links(page):
        if not target.exists():
            yield f"{page.relative_to(ROOT)}: nothing is at {link}"
        elif anchor and anchor not in anchors(target):
            yield f"{page.relative_to(ROOT)}: no such heading: {link}"


def absent(page):
    """Files that are named between backticks and that are not there."""
    for name in re.findall(rf"`((?:{FOLDERS})/[\w./*-]*|[\w-]+\.md)(?:#[\w-]+)?`", page.read_text(encoding="utf-8")):
        # NAME is for any.
        if not list(ROOT.glob(name.rstrip("/").replace("NAME", "*"))) and not (page.parent / name).exists():
            yield f"{page.relative_to(ROOT)}: there is no {name}"


def absent_sources(page):
    """C files that are named without their folder, and that no folder has."""
    for name in re.findall(r"`([\w*-]+\.[ch])`", page.read_text(encoding="utf-8")):
        if not any(list((ROOT / folder).rglob(name)) for folder in FOLDERS.split("|")):
            yield f"{page.relative_to(ROOT)}: no folder has {name}"


def unreachable():
    seen, ahead = set(), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page not in seen and page.suffix == ".md" and page.exists():
            seen.add(page)
            ahead += [target for _, target, _ in links(page)]
    return [f"no link leads from README.md to {page.relative_to(ROOT)}" for page in pages.documents() if page not in seen]


def main():
    documents = pages.documents()
    complaints = [said for page in documents for find in (pages.complaints, broken, absent, absent_sources) for said in find(page)]
    complaints += unreachable()
    print("\n".join(complaints) or f"{sum(len(list(links(page))) for page in documents)} links")
    sys.exit(1 if complaints else 0)


main()
