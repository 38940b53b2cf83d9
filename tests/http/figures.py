#!/usr/bin/env python3
"""How fast a scan is, and how much memory it takes, beside what people do without it.

    ERRATA_PROGRAM=build/cli/errata python3 tests/http/figures.py [speed] [memory]

The server answers after 20 ms, on this machine, with no limit on requests; it is written in Python and takes a core for itself.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import harness

LATENCY = 0.02


def measured(case, *words):
    """Seconds, and the greatest memory of errata in MiB."""
    begin = time.monotonic()
    child = case.start(*words)
    child.stdout.read()
    said = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{words} ended with {child.returncode}: {said.decode()}")
    return time.monotonic() - begin, used.ru_maxrss / 1024


def speed(server, folder):
    for jobs, records in ((1, 300), (8, 2000), (32, 4000)):
        case = harness.Case(f"jobs{jobs}", server, folder)
        case.order(records, status="FAILED", latency=LATENCY)
        seconds, _ = measured(case, "scan", "--collection", case.name, "--rate", "0", "--jobs", str(jobs))
        print(f"errata scan --jobs {jobs:<3}  {records / seconds:7.0f} records/s", flush=True)
    case = harness.Case("curl", server, folder)
    collection = case.order(400, status="FAILED", latency=LATENCY)
    header = pathlib.Path(folder) / "header"
    header.write_text(f"Authorization: Bearer {harness.KEY}\n")
    urls = "".join(f"{server.url}/apps/c/collections/curl/records/{collection.id_of(number)}/status\n"
                   for number in range(400))
    for what, count in (("while read", 100), ("xargs -P 8", 400), ("xargs -P 32", 400)):
        script = 'while read url; do curl -s -H @header "$url"; echo; done > all'
        if what.startswith("xargs"):
            script = f"{what} -n 1 curl -s -H @header > all"
        begin = time.monotonic()
        subprocess.run(["sh", "-c", script], cwd=folder, input="".join(urls.splitlines(True)[:count]), text=True, check=True)
        print(f"{what + ' curl':22}  {count / (time.monotonic() - begin):7.0f} records/s", flush=True)


def memory(server, folder):
    for records in (1000, 10000, 100000):
        case = harness.Case(f"memory{records}", server, folder)
        case.order(records, status="FAILED")
        for more in ((), ("--archive", f"a{records}.ndjson.zst")):
            seconds, most = measured(case, "scan", "--collection", case.name, "--rate", "0", "--jobs", "32", *more)
            print(f"{records:7} records{' and an archive' if more else '':16} {most:6.1f} MiB  {records / seconds:6.0f} records/s",
                  flush=True)
    case = harness.Case("large", server, folder)
    case.order(1, status="FAILED", on={"rec-000000": [{"kind": "large", "size": 400 << 20, "stay": True}]})
    for words in (("scan",), ("fetch", "rec-000000")):
        seconds, most = measured(case, *words, "--collection", case.name)
        print(f"a body of 400 MiB, {words[0]:5}   {most:6.1f} MiB  {seconds:6.1f} s", flush=True)


def main():
    wanted = sys.argv[1:] or ["speed", "memory"]
    with harness.Server() as server, tempfile.TemporaryDirectory() as folder:
        for figure in wanted:
            {"speed": speed, "memory": memory}[figure](server, folder)


if __name__ == "__main__":
    main()
