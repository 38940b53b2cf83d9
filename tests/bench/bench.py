"""The benchmarks run: each once over very little, so that they cannot rot. No figure is looked at, only its presence.

What is written by --json must be in the format of Google Benchmark, for the tools that read that.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

BENCH = os.environ["ERRATA_BENCH"]
TINY = ["--rounds", "2", "--size", "20K", "--issues", "500,1000"]

failures = 0


def check(holds, what):
    global failures
    if not holds:
        failures += 1
        print(f"FAIL: {what}")


def run(*arguments, status=0):
    outcome = subprocess.run([BENCH, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if outcome.returncode != status:
        print(outcome.stdout, outcome.stderr)
    check(outcome.returncode == status, f"errata-bench {' '.join(arguments)} ends with {status}")
    return outcome


def check_entry(entry):
    name = entry["name"]
    for member in ("run_name", "run_type", "repetitions", "threads", "iterations", "real_time", "cpu_time", "time_unit",
                   "family_index", "per_family_instance_index"):
        check(member in entry, f"{name} has {member}")
    check(entry["time_unit"] == "ns" and entry["repetitions"] == 2, f"{name} is in ns, of two rounds")
    if entry["run_type"] == "iteration":
        check(name == entry["run_name"] and entry["repetition_index"] in (0, 1), f"{name} is a run")
    else:
        check(entry["run_type"] == "aggregate" and name == entry["run_name"] + "_" + entry["aggregate_name"]
              and entry["aggregate_unit"] == "time", f"{name} is an aggregate")


def check_figures(medians):
    for name, entry in medians.items():
        check(entry["real_time"] > 0 or name == "start/empty", f"{name} took some time")
        if re.fullmatch(r"(read|chunk)/.*/errata", name):
            for figure in ("bytes_per_second", "documents_per_second", "of_yajl", "of_read", "peak_bytes",
                           "index_bytes", "lane_share"):
                check(figure in entry, f"{name} has {figure}")
            check(("ns_per_issue" in entry) == ("lane_hits" in entry) == ("/C/" not in name), f"{name} has issues")
        if re.fullmatch(r"read/.*/errata", name):
            check(entry["allocations"] > 0, f"{name} has allocations")
            for figure in ("document_bytes", "records_bytes", "strings_bytes", "tables_bytes", "room_bytes"):
                check(entry.get(figure, 0) > 0, f"{name} has {figure}")
            for figure in ("issue_bytes", "rule_error_bytes", "shapes_bytes", "grown_bytes_per_issue"):
                check((figure in entry) == ("/C/" not in name), f"{name} has {figure}")
        if re.fullmatch(r"threads/.*/two", name):
            check(entry["of_one_thread"] > 0 and entry["threads"] == 2, f"{name} is compared with one thread")
        if name.startswith("query/") and name.split("/")[2] not in ("read", "yajl"):
            check(entry["ns_per_issue"] > 0, f"{name} has ns an issue")
    if "start/errata" in medians:
        check("over_empty_ns" in medians["start/errata"], "start/errata is compared with an empty program")


def everything(folder):
    names = run("--list", "--issues", "500,1000").stdout.split()
    check(len(names) == len(set(names)) > 50, "no name comes twice")
    file = os.path.join(folder, "all.json")
    text = run("--data", folder, "--json", file, *TINY).stdout
    with open(file, encoding="utf-8") as stream:
        result = json.load(stream)
    for member in ("date", "host_name", "executable", "num_cpus", "mhz_per_cpu", "cpu_scaling_enabled", "caches",
                   "load_avg", "library_build_type", "meson_build_type"):
        check(member in result["context"], f"the context has {member}")
    check(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", result["context"]["date"]), "the date is ISO 8601")
    for entry in result["benchmarks"]:
        check_entry(entry)
    runs = {entry["name"] for entry in result["benchmarks"] if entry["run_type"] == "iteration"}
    check(runs == set(names) or (runs < set(names) and not os.environ.get("ERRATA_PROGRAM")), "what is listed has run")
    check_figures({entry["run_name"]: entry for entry in result["benchmarks"] if entry.get("aggregate_name") == "median"})
    for name in names:
        group, contestant = name.rsplit("/", 1)
        if name in runs:
            check(re.search(rf"^{re.escape(group)} ", text, re.M) and f"  {contestant} " in text, f"{name} is printed")


def choice(folder):
    names = run("--list", "--filter", "^read/[RU]/errata").stdout.split()
    check(names == ["read/R/errata", "read/U/errata"], "a filter chooses")
    outcome = run("--data", folder, "--filter", "^read/R/errata", *TINY)
    check("yajl" in outcome.stdout and "read/U" not in outcome.stdout, "yardsticks run along with what is chosen")
    run("--filter", "no such thing", status=2)
    for arguments in (["--filter", "("], ["--rounds", "0"], ["--rounds", "1001"], ["--issues", "0"], ["--issues", ""],
                      ["--size", "0"], ["--size", "x"], ["--nonsense"], ["word"]):
        run(*arguments, status=2)
    outcome = run("--data", folder + "/no/such", "--filter", "^read/R", *TINY, status=3)
    check("/no/such" in outcome.stderr, "a folder that cannot be made is named")


with tempfile.TemporaryDirectory() as data:
    everything(data)
    choice(data)
print("bench:", "failed" if failures else "ok")
sys.exit(1 if failures else 0)
