"""Counts the tests of some meson build folders; prints one line and fails when a test failed.

A TAP program counts as its sub-tests. One that went wrong without a failed sub-test, such as by a
crash, counts as one failure more, and so does a folder whose tests never ran.
"""
import json
import pathlib
import re
import sys

RESULT = re.compile(r"^(not )?ok\b[^#]*(#\s*(skip|todo))?", re.IGNORECASE)


def count_test(entry):
    """(passed, failed, skipped) of one line of meson's testlog.json."""
    if entry["result"] == "SKIP":
        return 0, 0, 1
    passed = failed = skipped = 0
    output = entry.get("stdout") or ""
    if "--tap" in entry.get("command", []):
        for line in output.splitlines():
            match = RESULT.match(line)
            if not match:
                continue
            if match[3]:
                skipped += 1
            elif match[1]:
                failed += 1
            else:
                passed += 1
    good = entry["result"] in ("OK", "EXPECTEDFAIL")
    if not good and not failed:
        failed = 1
    if good and not passed + skipped:
        passed = 1
    return passed, failed, skipped


def count_folder(folder):
    log = pathlib.Path(folder, "meson-logs", "testlog.json")
    if not log.exists():
        print(f"{folder}: the tests did not run", file=sys.stderr)
        return [(0, 1, 0)]
    with open(log, encoding="utf-8", errors="replace") as lines:
        return [count_test(json.loads(line)) for line in lines if line.strip()]


def main():
    counts = [count for folder in sys.argv[1:] for count in count_folder(folder)]
    passed, failed, skipped = (sum(column) for column in zip((0, 0, 0), *counts))
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


sys.exit(main())
