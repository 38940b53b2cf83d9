#!/usr/bin/env python3
"""Whatever ends a run that writes a file, the file holds the old content or the new one, and the next run is not in
trouble: SIGKILL, a limit on file sizes, a full disk, a folder that may not be written, a file system that is read-only,
other writers.

saving.py [KILLS [SEED]]: how many runs are killed at random moments (default 60, seed 1). ERRATA_PROGRAM is the program. What
needs rights that cannot be had is skipped, and said.
"""
import fcntl
import os
import pathlib
import random
import resource
import shlex
import subprocess
import sys
import tempfile
import termios
import time

PROGRAM = os.environ["ERRATA_PROGRAM"]
ROOT = os.geteuid() == 0
# Seconds, where something that ought to come does not come: a busy machine takes its time.
PATIENCE = 240
skipped = []


def fail(what):
    sys.exit(f"saving: {what}")


def expect(good, what):
    if not good:
        fail(what)


def index(folder, name, source, **options):
    return subprocess.run([PROGRAM, "index", "-o", name, source], cwd=folder, capture_output=True, text=True,
                          check=False, **options)


def prepare(folder):
    """Two inputs that are indexes already, so that a run does little but write; and what they must be saved as."""
    whole = {}
    for number, documents in enumerate((3000, 20000)):
        text = "".join(
            '{"record_id":"r%d-%d","status":"FAILED","errors":[{"message":"m","errors":[{"code":"c%d","path":["a",%d]}],'
            '"key":"K"}]}\n' % (number, i, i % 7, i) for i in range(documents))
        (folder / f"{number}.ndjson").write_text(text)
        done = index(folder, f"{number}.errata", f"{number}.ndjson")
        expect(done.returncode == 0, done.stderr)
        whole[number] = (folder / f"{number}.errata").read_bytes()
    return whole


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def start(folder, name):
    """A run that waits for the end of its input, with its temporary file made and locked: it has begun to read."""
    child = subprocess.Popen([PROGRAM, "index", "-o", name], cwd=folder, stdin=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True)
    child.stdin.write("\n")
    child.stdin.flush()
    end = time.monotonic() + PATIENCE
    while any(fcntl.ioctl(child.stdin, termios.FIONREAD, bytes(4))):
        expect(time.monotonic() < end and child.poll() is None, "a run that reads nothing")
        time.sleep(0.001)
    expect((folder / f".{name}.tmp").exists(), "a run that makes no temporary file")
    return child


def killed(inputs, whole, folder, kills, seed):
    """The target is always one of the two, whole; what a killed run left is no hindrance."""
    random.seed(seed)
    target = folder / "out"
    begin = time.monotonic()
    expect(index(folder, "out", inputs / "1.errata").returncode == 0, "saving")
    usual = time.monotonic() - begin
    now, left, done = 1, 0, 0
    for turn in range(kills):
        child = subprocess.Popen([PROGRAM, "index", "-o", "out", inputs / f"{1 - now}.errata"], cwd=folder)
        time.sleep(random.random() * usual * 1.2)
        child.kill()
        child.wait()
        content = target.read_bytes()
        if content == whole[1 - now]:
            now = 1 - now
            done += 1
        expect(content == whole[now], f"neither the old nor the new file after kill {turn} of seed {seed}")
        expect(set(names(folder)) <= {"out", ".out.tmp"}, f"left behind: {names(folder)}")
        left += (folder / ".out.tmp").exists()
    print(f"killed {kills} times: {done} had saved, {left} left a temporary file")
    child = start(folder, "out")
    child.kill()
    child.communicate()
    expect(names(folder) == [".out.tmp", "out"], "nothing left behind by a killed run")
    expect(index(folder, "out", inputs / "1.errata").returncode == 0, "saving where a killed run left something")
    expect(names(folder) == ["out"], f"left behind: {names(folder)}")
    expect(target.read_bytes() == whole[1], "another file than was saved")


def several_writers(inputs, whole, folder):
    first = start(folder, "out")
    second = index(folder, "out", inputs / "1.errata")
    expect(second.returncode == 6, f"the second writer ends with {second.returncode}")
    expect(second.stderr == "errata: out: another process is writing it\n", second.stderr)
    _, stderr = first.communicate((inputs / "0.ndjson").read_text())
    expect(first.returncode == 0, stderr)
    expect(names(folder) == ["out"], f"left behind: {names(folder)}")
    for _ in range(10):
        at_once = [subprocess.Popen([PROGRAM, "index", "-o", "out", inputs / f"{i % 2}.errata"], cwd=folder,
                                    stderr=subprocess.DEVNULL) for i in range(8)]
        ends = {child.wait() for child in at_once}
        expect(ends <= {0, 6} and 0 in ends, f"eight writers ended with {ends}")
        expect((folder / "out").read_bytes() in whole.values(), "eight writers mixed their files")
        expect(names(folder) == ["out"], f"left behind: {names(folder)}")


def refused(done, reason, folder, old):
    expect(done.returncode == 6, f"{reason}: ends with {done.returncode}: {done.stderr}")
    expect(done.stderr.splitlines()[-1] == f"errata: out: cannot be written: {reason}", done.stderr)
    expect((folder / "out").read_bytes() == old, f"{reason}: the old file is gone")
    expect(names(folder) == ["out"], f"{reason}: left behind: {names(folder)}")


def file_size_limit(inputs, whole, folder):
    (folder / "out").write_bytes(whole[0])
    for room in (0, 1, 4096, len(whole[1]) // 2, len(whole[1]) - 1):
        done = index(folder, "out", inputs / "1.errata",
                     preexec_fn=lambda room=room: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
        refused(done, "File too large", folder, whole[0])


def no_rights(inputs, whole, folder):
    (folder / "out").write_bytes(whole[0])
    # Root may write anywhere, and somebody else may not come to the program or to the input.
    drop = {"user": 65534, "group": 65534, "extra_groups": []} if ROOT else {}
    try:
        subprocess.run(["test", "-x", PROGRAM, "-a", "-r", inputs / "1.errata"], cwd=folder, check=True, **drop)
    except (OSError, subprocess.SubprocessError):
        skipped.append("a folder that may not be written: nobody can be somebody else here")
        return
    folder.chmod(0o555)
    done = index(folder, "out", inputs / "1.errata", **drop)
    refused(done, "Permission denied", folder, whole[0])
    folder.chmod(0o755)


def in_own_mounts(script, folder):
    """Runs a script where mounts are its own. None: that cannot be had here."""
    for unshare in (["unshare", "-m"], ["unshare", "-rm"]):
        try:
            if subprocess.run([*unshare, "mount", "-t", "tmpfs", "none", folder], capture_output=True,
                              check=False).returncode == 0:
                return subprocess.run([*unshare, "sh", "-euc", script], cwd=folder.parent, capture_output=True,
                                      text=True, check=False)
        except FileNotFoundError:
            pass
    return None


def mounted(inputs, folder, mounts, reason):
    program, old, new = (shlex.quote(str(path)) for path in (PROGRAM, inputs / "0.errata", inputs / "1.errata"))
    done = in_own_mounts(f"""
        {mounts} || exit 77
        cd {shlex.quote(str(folder))}
        {program} index -o out {new} && exit 9 || echo $?
        cmp out {old}
        ls -A
    """, folder)
    if done is None or done.returncode == 77:
        skipped.append(f"{reason}: nothing can be mounted here")
        return
    expect(done.returncode == 0, f"{reason}: {done.stdout}{done.stderr}")
    expect(done.stdout == "6\nout\n", f"{reason}: {done.stdout}")
    expect(done.stderr == f"errata: out: cannot be written: {reason}\n", done.stderr)


def full_disk(inputs, whole, folder):
    room = len(whole[0]) + len(whole[1]) // 2
    place, old = (shlex.quote(str(path)) for path in (folder, inputs / "0.errata"))
    mounted(inputs, folder, f"mount -t tmpfs -o size={room} none {place} && cp {old} {place}/out", "No space left on device")


def read_only(inputs, whole, folder):
    (folder / "out").write_bytes(whole[0])
    place = shlex.quote(str(folder))
    mounted(inputs, folder, f"mount --bind {place} {place} && mount -o remount,ro,bind {place}", "Read-only file system")


def main():
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory(prefix="errata-saving-") as name:
        root = pathlib.Path(name)
        root.chmod(0o755)
        inputs = root / "inputs"
        inputs.mkdir()
        whole = prepare(inputs)
        for test in (killed, several_writers, file_size_limit, no_rights, full_disk, read_only):
            folder = root / test.__name__
            folder.mkdir()
            test(inputs, whole, folder, *((kills, seed) if test is killed else ()))
    for what in skipped:
        print("skipped:", what)


main()
