#!/usr/bin/env python3
"""Rewrites the tables in docs/performance.md from the figures of a run.

    table.py FIGURES.json DOCUMENT.md

FIGURES.json is what errata-bench --json wrote. A table stands between `<!-- figures NAME -->` and `<!-- end -->`; one that
the file has nothing for stays as it is.
"""
import json
import re
import sys

MIB = 1 << 20


class Figures:
    """Medians, least and most of each benchmark."""

    def __init__(self, result):
        self.context = result["context"]
        self.rounds = 0
        self.entries = {}
        for entry in result["benchmarks"]:
            self.rounds = entry["repetitions"]
            if entry["run_type"] == "aggregate":
                self.entries.setdefault(entry["run_name"], {})[entry["aggregate_name"]] = entry

    def names(self, pattern):
        return [name for name in self.entries if re.fullmatch(pattern, name)]

    def value(self, name, figure, factor, decimals, spread=False):
        """A figure in words; empty when the benchmark does not have it."""
        entry = self.entries.get(name, {})
        if figure not in entry.get("median", {}):
            return ""
        of = {which: f"{entry[which][figure] * factor:,.{decimals}f}" for which in ("min", "median", "max")}
        return f"{of['median']} ({of['min']} to {of['max']})" if spread else of["median"]


def table(head, rows):
    """A table in Markdown; the first column is text, the others are numbers."""
    lines = ["| " + " | ".join(head) + " |", "|---|" + "--:|" * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def reading(figures):
    rows = []
    for name in figures.names("read/[^/]+/errata"):
        yajl = name.replace("/errata", "/yajl")
        rows.append([
            name.split("/")[1],
            figures.value(yajl, "bytes_per_second", 1e-6, 0),
            figures.value(name, "bytes_per_second", 1e-6, 0, True),
            figures.value(name, "of_yajl", 1, 2, True),
            figures.value(name, "of_read", 1, 3),
            figures.value(name, "ns_per_issue", 1, 0),
            figures.value(name, "documents_per_second", 1e-3, 0),
            figures.value(name, "lane_share", 100, 1),
            figures.value(name, "lane_hits", 100, 1),
        ])
    return table(["shape", "yajl MB/s", "errata MB/s", "times yajl", "times read()", "ns an issue", "1000 documents/s",
                  "bytes by the lane %", "issues by it %"], rows) if rows else None


def memory(figures):
    rows = []
    for name in figures.names("read/[^/]+/errata"):
        rows.append([name.split("/")[1], figures.value(name, "grown_bytes", 1 / MIB, 1)]
                    + [figures.value(name, figure, 1, 1) for figure in ("grown_bytes_per_issue", "issue_bytes",
                                                                       "document_bytes", "rule_error_bytes")]
                    + [figures.value(name, figure, 1 / MIB, 2) for figure in ("records_bytes", "strings_bytes", "shapes_bytes",
                                                                             "tables_bytes", "room_bytes")]
                    + [figures.value(name, "allocations", 1, 0)])
    return table(["shape", "MiB on top", "bytes of that an issue", "bytes an issue", "a document", "a rule error",
                  "records MiB", "strings MiB", "shapes MiB", "tables MiB", "room MiB", "allocations"], rows) if rows else None


def chunks(figures):
    rows = []
    for name in figures.names("chunk/.*/errata"):
        _, shape, size, _ = name.split("/")
        rows.append([f"{shape}, {size.replace('KiB', ' KiB')}", figures.value(name, "bytes_per_second", 1e-6, 0, True),
                     figures.value(name, "of_yajl", 1, 2, True)])
    return table(["shape, chunk", "errata MB/s", "times yajl"], rows) if rows else None


def threads(figures):
    rows = []
    for name in figures.names("threads/.*/two"):
        one = name.replace("/two", "/one")
        rows.append([name.split("/")[1], figures.value(one, "bytes_per_second", 1e-6, 0, True),
                     figures.value(name, "bytes_per_second", 1e-6, 0, True),
                     figures.value(name, "of_one_thread", 1, 2, True), figures.value(name, "grown_bytes", 1 / MIB, 1)])
    return table(["shape", "one thread, MB/s", "two threads, MB/s", "times one", "MiB on top"], rows) if rows else None


def queries(figures):
    names = [name for name in figures.names("(query|store)/.*") if name.split("/")[2] not in ("read", "yajl")]
    sizes = sorted({int(name.split("/")[1]) for name in names})
    rows = []
    for kind, question in dict.fromkeys((name.split("/")[0], name.split("/")[2]) for name in names):
        of_sizes = [f"{kind}/{size}/{question}" for size in sizes]
        rows.append([question] + [figures.value(name, "ns_per_issue", 1, 1) for name in of_sizes]
                    + [figures.value(of_sizes[-1], "real_time", 1e-6, 1, True),
                       figures.value(of_sizes[-1], "bytes_per_second", 1e-6, 0)])
    head = ["question"] + [f"ns an issue of {size:,}" for size in sizes] + ["ms, of the largest", "MB/s written"]
    return table(head, rows) if rows else None


def start(figures):
    rows = [[name.split("/")[1], figures.value(name, "real_time", 1e-6, 2, True),
             figures.value(name, "over_empty_ns", 1e-6, 2, True)] for name in figures.names("start/.*")]
    return table(["program", "ms", "ms more than the empty one"], rows) if rows else None


def origin(figures):
    """Where the figures are from, in a sentence."""
    context = figures.context
    most = context["most_payload_bytes"]
    return (f"{context['date'][:10]}, {context['num_cpus']} processors of {context['cpu_model'] or 'a kind unknown'}, "
            f"errata {context['library_version']} ({context['meson_build_type']}), load {context['load_avg'][0]:.1f} "
            f"at the start, {figures.rounds} rounds{f', payloads of at most {most / 1e6:,.3g} MB' if most else ''}; medians, in brackets the range.")


TABLES = {"reading": reading, "memory": memory, "chunks": chunks, "threads": threads, "queries": queries, "start": start}


def replace(text, name, content):
    """Puts a table where the document has a place for it."""
    marks = re.compile(rf"(<!-- figures {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    if not marks.search(text):
        sys.exit(f"table.py: the document has no place for the table '{name}'")
    return marks.sub(lambda found: f"{found.group(1)}{content}\n{found.group(2)}", text)


def rewrite(path, contents):
    """Puts tables, {name: content}, into the document at path."""
    with open(path, encoding="utf-8") as stream:
        text = stream.read()
    for name, content in contents.items():
        text = replace(text, name, content)
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(text)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as stream:
        figures = Figures(json.load(stream))
    made = {name: make(figures) for name, make in TABLES.items()}
    rewrite(sys.argv[2], {name: f"{origin(figures)}\n\n{content}" for name, content in made.items() if content})


if __name__ == "__main__":
    main()
