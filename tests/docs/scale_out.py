"""Runs the commands of docs/scale-out.md as they stand there, and compares what comes with one run over everything.

Slurm is played by a few lines of shell. Where GNU parallel is not installed, its part is skipped, and the test says so.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])
ERRATA = pathlib.Path(os.environ["ERRATA_PROGRAM"])
SKIP = 77

# Runs each task of an array in its turn, and prints a job's number with --parsable.
SBATCH = """#!/bin/sh -eu
array=
for word; do
    case $word in
    --array=*) array=${word#--array=} ;;
    --dependency=afterok:7) ;;
    --kill-on-invalid-dep=yes) ;;
    --parsable) echo 7 ;;
    -*) echo "sbatch: what is $word?" >&2; exit 1 ;;
    *) break ;;
    esac
    shift
done
if [ -z "$array" ]; then
    exec sh "$@"
fi
for task in $(seq "${array%-*}" "${array#*-}"); do
    SLURM_ARRAY_TASK_ID=$task sh "$@" 2> /dev/null
done
"""


def blocks(heading):
    """The blocks of shell below a heading."""
    text = (ROOT / "docs/scale-out.md").read_text(encoding="utf-8")
    section = re.search(rf"^#+ [^\n]*{heading}[^\n]*\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)[1]
    return re.findall(r"^```sh\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)


def run(script, folder):
    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    done = subprocess.run(["sh", "-eu", "-c", script], cwd=folder, env=os.environ | {"PATH": path, "HOME": str(folder)},
                          capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{script}\nended with {done.returncode}: {done.stderr}")
    return done.stdout


def make_inputs(folder):
    """Nine inputs; among them a folder whose name is the beginning of a file's, and a damaged one. What is hidden and links
    to folders are no inputs."""
    lines = (ROOT / "examples/loans.ndjson").read_bytes().splitlines(keepends=True)
    (folder / "huge.ndjson").write_bytes(b"".join(lines))
    files = ["a/x", "a-b", "a/b/y", "a/b z", "0", "1", "2", "3", ".hidden", ".hidden/x", "../elsewhere/z"]
    for number, name in enumerate(files):
        file = folder / "runs" / f"{name}.ndjson"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"".join(lines[number::len(files)]))
    (folder / "runs/folder").symlink_to("../elsewhere")
    shutil.copy(ROOT / "examples/damaged.ndjson", folder / "runs/2-damaged.ndjson")
    (folder / "bin").mkdir()
    (folder / "bin/errata").symlink_to(ERRATA)
    sbatch = folder / "bin/sbatch"
    sbatch.write_text(SBATCH)
    sbatch.chmod(0o755)


def expect_same(folder, name):
    if (folder / name).read_bytes() != (folder / "whole.errata").read_bytes():
        sys.exit(f"{name} is not what reading everything at once gives")
    (folder / name).unlink()


def try_parallel(folder):
    simple, tree, huge = blocks("GNU parallel")
    run(simple, folder)
    expect_same(folder, "run.errata")
    # Few enough that there are several bundles.
    run(simple + tree.replace("-n 64", "-n 4"), folder)
    if len(list(folder.glob("bundles.*/*"))) != 3:
        sys.exit("not a bundle for each four shards")
    shutil.rmtree(*folder.glob("bundles.*"))
    expect_same(folder, "run.errata")
    run(huge, folder)
    ask = "errata group --by key,pattern,record --format csv "
    if run(ask + "huge.errata", folder) != run(ask + "huge.ndjson", folder):
        sys.exit("the parts of one file do not add up")


def try_all(folder, parallel, inputs):
    run("errata index --keep-going runs -o whole.errata || [ $? -eq 4 ]", folder)
    if parallel:
        try_parallel(folder)
    run("\n".join(blocks("Slurm")), folder)
    if len((folder / "inputs.txt").read_text().splitlines()) != inputs:
        sys.exit(f"not {inputs} lines in inputs.txt")
    expect_same(folder, "run.errata")


def has_parallel():
    """There is another program of this name, in moreutils."""
    if not shutil.which("parallel"):
        return False
    done = subprocess.run(["parallel", "--version"], capture_output=True, text=True, check=False)
    return done.stdout.startswith("GNU parallel")


def main():
    parallel = has_parallel()
    with tempfile.TemporaryDirectory(prefix="errata-scale-out-") as name:
        folder = pathlib.Path(name)
        make_inputs(folder)
        try_all(folder, parallel, 9)
        # Once more, with a number of more digits, beside the shards of the run before.
        (folder / "runs/b.ndjson").symlink_to("../elsewhere/z.ndjson")
        try_all(folder, parallel, 10)
    if not parallel:
        print("GNU parallel is not installed: its commands were not tried")
        sys.exit(SKIP)


main()
