#!/usr/bin/env python3
"""kill -9 at random moments of a scan, then --resume, until it comes to its end: the archive holds each record once, and is
that of an undisturbed scan, up to order and time.

killed.py [KILLS [SEED]]: for each kind of archive (default 20). ERRATA_PROGRAM is the program.
"""
import concurrent.futures
import json
import pathlib
import random
import sys
import tempfile
import time

import harness
from harness import expect, expect_status

RECORDS = 1500
# Seconds: an archive is flushed every second, and a scan of all takes some twenty.
LATENCY = 0.1
LONGEST = 1.8


def lines_of(case, name):
    """Without the time, sorted."""
    found = case.archive(name)
    for document in found.values():
        document.pop("fetched_at")
    return [json.dumps(found[record]) for record in sorted(found)]


def killed_and_resumed(server, suffix, kills, rng):
    with tempfile.TemporaryDirectory() as folder:
        case = harness.Case("killed" + suffix, server, folder)
        case.order(RECORDS, on={f"rec-{number:06}": [{"kind": "pretty"}] for number in range(0, RECORDS, 7)})
        whole, name = "whole.ndjson", "a.ndjson" + suffix
        expect_status(case.scan("--status", "ALL", "--archive", whole), 0)
        case.order(RECORDS, latency=LATENCY)
        path = pathlib.Path(folder) / name
        grown = size = 0
        turn = 0
        # A busy machine may need longer to come so far that something is written.
        while turn < kills or grown == 0:
            expect(turn < 4 * kills, suffix, "no scan was killed in the middle")
            # Killed before it had made one, there is nothing to go on with.
            resume = ["--resume"] if path.exists() else []
            child = case.start("scan", "--collection", case.name, "--rate", "0", "--status", "ALL", "--archive", name, *resume)
            time.sleep(rng.uniform(0, LONGEST) * max(1, turn / kills))
            child.kill()
            child.communicate()
            if turn % 4 == 3 and path.exists():
                # As a machine that lost its power in the middle of a flush leaves it.
                data = path.read_bytes()
                path.write_bytes(data[:len(data) - rng.randrange(min(len(data), 40) + 1)])
            before, size = size, path.stat().st_size if path.exists() else 0
            grown += size > before
            turn += 1
        case.order(RECORDS)
        done = case.scan("--status", "ALL", "--archive", name, "--resume", "--format", "json")
        expect_status(done, 0)
        expect(json.loads(done.out)["documents"] == RECORDS, suffix, done.out)
        expect(lines_of(case, name) == lines_of(case, whole), suffix, "the archive is another")
        expect(case.groups(name) == case.groups(whole), suffix, "other groups")
        return grown


def main():
    if not harness.has_http():
        sys.exit(harness.SKIP)
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with harness.Server() as server, concurrent.futures.ThreadPoolExecutor(3) as pool:
        turns = [pool.submit(killed_and_resumed, server, suffix, kills, random.Random(seed + number))
                 for number, suffix in enumerate(("", ".gz", ".zst"))]
        grown = [turn.result() for turn in turns]
    print(f"{3 * kills} scans killed, {sum(grown)} of them after they had written something")


if __name__ == "__main__":
    main()
