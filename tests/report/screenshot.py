"""Makes the picture of the report for the README, from the sample payloads: the page from its top to below the heat map.

    screenshot.py ERRATA OUTPUT.png
"""
import pathlib
import subprocess
import sys
import tempfile

import browser

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def main():
    program, output = (pathlib.Path(name).resolve() for name in sys.argv[1:3])
    absent = browser.missing()
    if absent:
        sys.exit(absent)
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="errata-report-") as folder, browser.Browser() as page:
        path = pathlib.Path(folder) / "report.html"
        # From there, so that the names of files are those that a reader would type.
        subprocess.run([program, "report", "-o", path, "examples/loans.ndjson"], cwd=ROOT, check=True)
        page.open(path, width=1280)
        below = page.run("return Math.ceil(document.querySelector('.map').closest('.card').getBoundingClientRect().bottom)")
        page.look(width=1280, height=below + 32)
        page.picture(output, whole=False)
    print(output)


main()
