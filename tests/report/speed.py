"""How large a report of many groups is, and how soon it can be used in Chromium: the figures of docs/report.md.

    speed.py ERRATA
"""
import pathlib
import statistics
import subprocess
import sys
import tempfile

import browser
import payloads

READY = "return (performance.getEntriesByName('errata-ready')[0] || {}).startTime"


def main():
    absent = browser.missing()
    if absent:
        sys.exit(absent)
    with tempfile.TemporaryDirectory(prefix="errata-report-") as name, browser.Browser() as page:
        folder = pathlib.Path(name)
        for groups in (2000, 10000):
            payload = payloads.write(folder / "many.ndjson", payloads.many(groups))
            path = folder / "many.html"
            subprocess.run([sys.argv[1], "report", "--max-groups", str(groups), "-o", path, payload], check=True)
            times = []
            for _ in range(9):
                page.open(path)
                times.append(page.until(READY))
            print(f"{groups:6} groups: {path.stat().st_size / 1e6:.1f} MB, ready after "
                  f"{statistics.median(times):.0f} ms ({min(times):.0f} to {max(times):.0f})")


main()
