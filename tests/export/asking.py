"""What the tests of the formats of other programs share: asking errata, comparing, and running the tests of a file.

A check that fails is said and counted, and the test goes on.
"""
import __main__
import json
import os
import pathlib
import subprocess
import tempfile

PROGRAM = os.environ["ERRATA_PROGRAM"]
ROOT = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])
EXAMPLES = ROOT / "examples"
SKIP = 77

failures = 0


def check(what, found, wanted):
    global failures
    if found != wanted:
        failures += 1
        print(f"{what}:\n  found  {str(found)[:2000]}\n  wanted {str(wanted)[:2000]}")


def errata(*arguments, status=0, **more):
    """The run, whose output is bytes."""
    run = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, **more)
    check(f"status of {arguments}: {run.stderr}", run.returncode, status)
    return run


def lines(*arguments):
    return [json.loads(line) for line in errata(*arguments, "--format", "ndjson").stdout.splitlines()]


def run_tests(prefix, missing=None):
    """Runs each test_ function of the program in a folder of its own. missing: the validator that is not on this machine.
    Returns the exit status, which is that of a skip where nothing failed without it."""
    tests = [value for name, value in sorted(vars(__main__).items()) if name.startswith("test_")]
    for test in tests:
        with tempfile.TemporaryDirectory(prefix=prefix) as folder:
            os.chdir(folder)
            test()
            os.chdir("/")
    print(f"{len(tests)} tests, {failures} failures{f'; {missing} is missing, so no file met the schema' if missing else ''}")
    return 1 if failures else SKIP if missing else 0
