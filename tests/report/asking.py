"""What the tests of the report share: asking errata, and the sample payloads."""
import os
import pathlib
import subprocess

ROOT = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])
LOANS = str(ROOT / "examples/loans.ndjson")
OLD = str(ROOT / "examples/loans-old.ndjson")


def errata(*words, text=True):
    done = subprocess.run([os.environ["ERRATA_PROGRAM"], *words], capture_output=True, text=text, check=False)
    assert done.returncode in (0, 4), (words, done.returncode, done.stderr)
    return done.stdout


def report(folder, name, *words):
    path = folder / f"{name}.html"
    errata("report", "-o", path, *words)
    return path
