"""The scripts of the report's page are JavaScript: each by itself, which tells file and line, and all of them as one, as they
stand in the page. For where no Chromium would notice. Skipped where there is no node."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])
SKIP = 77


def main():
    if not shutil.which("node"):
        print("no node here")
        return SKIP
    page = subprocess.run([os.environ["ERRATA_PROGRAM"], "report", ROOT / "examples/loans.ndjson"], capture_output=True,
                          text=True, check=True).stdout
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 1, f"{len(scripts)} scripts"
    with tempfile.TemporaryDirectory(prefix="errata-scripts-") as folder:
        whole = pathlib.Path(folder) / "whole.js"
        whole.write_text(scripts[0], encoding="utf-8")
        files = [*sorted((ROOT / "lib/export/report").glob("*.js")), whole]
        bad = [path.name for path in files if subprocess.run(["node", "--check", path], check=False).returncode != 0]
    print(f"{len(files)} scripts, bad: {bad}")
    return 1 if bad or len(files) < 4 else 0


sys.exit(main())
