#!/usr/bin/env python3
"""This tree against another commit, pair by pair: the same command of both programs over the same payload.

    compare.py --build FOLDER OTHER_ERRATA [--shapes R,U] [--size 400M] [--rounds N] [--command 'group --by key']

./dev bench --compare REV builds both. What is compared is the program, from start to finish, since its command line is
what stays the same between commits.
"""
import argparse
import os
import shlex
import sys

import commands


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("other", help="the program errata of the other commit")
    parser.add_argument("--build", required=True, help="the build folder of this tree")
    parser.add_argument("--shapes", default="R,U,P,V,S,M,E,N,C", help="payloads, see errata-bench-gen")
    parser.add_argument("--size", default="100M", help="bytes of each payload")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--command", default="group --by key,code,pattern --format json",
                        help="what errata is asked; the payload comes last")
    options = parser.parse_args()

    once = os.path.join(options.build, "bench", "errata-bench-once")
    programs = {"other": options.other, "this": os.path.join(options.build, "cli", "errata")}
    row = "{:<6}  {:>28}  {:>28}  {:>24}  {:>10}  {:>10}"
    print(row.format("shape", "other ms", "this ms", "times as fast", "other MiB", "this MiB"))
    for shape in options.shapes.split(","):
        path = commands.payload(options.build, shape, options.size)
        words = shlex.split(options.command)
        contestants = {name: ([program, *words, path], None) for name, program in programs.items()}
        answers = {name: commands.run(once, *contestant)[1] for name, contestant in contestants.items()}
        runs = commands.in_turns(once, contestants, options.rounds)
        spreads = {name: commands.Spread.of(run.seconds * 1e3 for run in of_one) for name, of_one in runs.items()}
        peaks = {name: max(run.peak for run in of_one) / (1 << 20) for name, of_one in runs.items()}
        note = "" if answers["other"] == answers["this"] else "  the answers differ"
        print(row.format(shape, spreads["other"].show(1), spreads["this"].show(1),
                         commands.ratios(runs["other"], runs["this"]).show(2),
                         f"{peaks['other']:.1f}", f"{peaks['this']:.1f}") + note, flush=True)


try:
    main()
except commands.Failed as failure:
    sys.exit(f"compare.py: {failure}")
