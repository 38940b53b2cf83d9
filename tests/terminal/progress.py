"""The line that tells how far reading is, and what is written: there on a terminal, true, gone at the end; and only
there."""
import contextlib
import fcntl
import gzip
import os
import pathlib
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time

PROGRAM = os.environ["ERRATA_PROGRAM"]
LOANS = (pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"]) / "examples/loans.ndjson").read_bytes()
ERASE = "\r\x1b[K"
# Where something that ought to come does not come.
PATIENCE = 120
WHOLE = re.compile(r"^errata: ([\d.]+) of ([\d.]+) MB \((\d+)%\), \d+ MB/s, (\d+ s|\d+ min|\d+ h \d\d min) left$")
OPEN = re.compile(r"^errata: [\d.]+ MB, \d+ MB/s$")


class Run:
    """errata with a terminal as its standard error, and what came there so far."""

    def __init__(self, *words, columns=80, term="xterm", stdin=subprocess.DEVNULL, listen=0):
        """listen: to its answer only after so many seconds."""
        self.ours, theirs = pty.openpty()
        self.resize(columns)
        self.child = subprocess.Popen([PROGRAM, *words], stdin=stdin, stdout=subprocess.PIPE, stderr=theirs,
                                      env={**os.environ, "TERM": term}, start_new_session=True)
        os.close(theirs)
        self.came = b""
        self.answer = b""
        self.reader = threading.Thread(target=self.read_answer, args=(listen,))
        self.reader.start()

    def read_answer(self, pause):
        time.sleep(pause)
        self.answer = self.child.stdout.read()

    def resize(self, columns):
        fcntl.ioctl(self.ours, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def read(self, seconds):
        """False at the end."""
        if not select.select([self.ours], [], [], seconds)[0]:
            return True
        try:
            piece = os.read(self.ours, 65536)
        except OSError:  # EIO: the other end is closed
            return False
        self.came += piece
        return bool(piece)

    def finish(self):
        while self.read(PATIENCE):
            pass
        self.child.wait(PATIENCE)
        self.reader.join()
        os.close(self.ours)
        return self.came.decode().replace("\r\n", "\n")

    def stop_when(self, condition):
        """Stops it as soon as that is so, for longer than anything may take before it is told. False when it was too fast,
        or it is not so any more."""
        while self.child.poll() is None:
            with contextlib.suppress(OSError):
                if condition():
                    self.child.send_signal(signal.SIGSTOP)
                    time.sleep(1.2)
                    stopped = condition()
                    self.child.send_signal(signal.SIGCONT)
                    return stopped
        return False

    def has_opened(self, path):
        folder = f"/proc/{self.child.pid}/fd"
        return any(os.readlink(f"{folder}/{fd}") == str(path) for fd in os.listdir(folder))


def lines_of(came):
    """What was drawn, one after the other."""
    return [drawn for drawn in came.split(ERASE) if drawn]


def check(condition, *what):
    if not condition:
        sys.exit(" ".join(map(str, what)))


def wait_for(run, pipe, what):
    """Feeds documents until that is shown."""
    end = time.monotonic() + PATIENCE
    while what not in run.came.decode():
        check(time.monotonic() < end, "never shown:", what, run.came)
        os.write(pipe, LOANS)
        run.read(0.05)


def piped(*words, **options):
    theirs, ours = os.pipe()
    run = Run(*words, stdin=theirs, **options)
    os.close(theirs)
    return run, ours


def test_pipe():
    run, pipe = piped("summary", "--format", "json")
    wait_for(run, pipe, " MB/s")
    os.close(pipe)
    came = run.finish()
    check(came.endswith(ERASE), "something is left:", repr(came))
    check(all(OPEN.match(line) for line in lines_of(came)), came)
    check(run.child.returncode == 0 and run.answer.startswith(b'{"documents":'), run.answer)


def test_window():
    run, pipe = piped("summary")
    wait_for(run, pipe, " MB/s")
    run.resize(16)
    before = len(run.came)
    wait_for(run, pipe, "\N{HORIZONTAL ELLIPSIS}")
    os.close(pipe)
    run.finish()
    # Lines may have been under way, or not been read yet, when the window became narrow.
    lines = lines_of(run.came[before:].decode())
    while "\N{HORIZONTAL ELLIPSIS}" not in lines[0]:
        lines.pop(0)
    check(all(len(line) < 16 for line in lines), run.came)


def test_interrupt():
    run, pipe = piped("summary")
    wait_for(run, pipe, " MB/s")
    run.child.send_signal(signal.SIGINT)
    came = run.finish()
    os.close(pipe)
    check(run.child.returncode == -signal.SIGINT, run.child.returncode)
    check(came.endswith(ERASE), "something is left:", repr(came))


def test_message():
    """What is said stands on a line of its own."""
    run, pipe = piped("summary")
    wait_for(run, pipe, " MB/s")
    os.write(pipe, b"nonsense\n")
    os.close(pipe)
    came = run.finish()
    check(run.child.returncode == 3, run.child.returncode)
    said = came[came.rindex(ERASE) + len(ERASE):]
    check(re.match(r"-:\d+:\d+: not JSON: .*\n$", said), repr(came))


def long_file(folder, packed):
    path = folder / ("long.ndjson.gz" if packed else "long.ndjson")
    with gzip.open(path, "wb", compresslevel=1) if packed else open(path, "wb") as out:
        for _ in range(60):
            out.write(LOANS)
    return path


def read_long(path, *words, drawn=True, **options):
    """What comes while it is read. Again where it was read before it was stopped, or stopped when almost all of it was read."""
    for _ in range(20):
        run = Run("summary", *words, path, **options)
        stopped = run.stop_when(lambda: run.has_opened(path))
        came = run.finish()
        check(run.child.returncode == 0, run.child.returncode, came)
        if stopped and (came or not drawn):
            return came
    return sys.exit(f"{path} is read before anybody can stop it, or nothing is drawn")


def test_files(folder):
    for packed in (False, True):
        path = long_file(folder, packed)
        size = path.stat().st_size / 1e6
        for threads in ("1", "4"):
            came = read_long(path, "--threads", threads)
            check(came.endswith(ERASE), "something is left:", repr(came))
            lines = [WHOLE.match(line) for line in lines_of(came)]
            check(lines and all(lines), repr(came))
            for line in lines:
                done, everything, percent = float(line[1]), float(line[2]), int(line[3])
                check(abs(everything - size) <= 0.06 and done <= everything, line[0], size)
                check(abs(percent - 100 * done / size) <= 1 + 6 / size, line[0], size)
            done = [float(line[1]) for line in lines]
            check(done == sorted(done), done)
        for term in ("dumb", ""):
            check(read_long(path, drawn=False, term=term) == "", "drawn on a terminal with TERM", repr(term))
        check(read_long(path, drawn=False, columns=1) == "", "drawn on a terminal without room")
        path.unlink()


def write_long(source, target, **options):
    """Stops it while the file that will be the result has some of it, and not all."""
    begun = target.with_name(f".{target.name}.tmp")
    for _ in range(20):
        run = Run("list", "--format", "ndjson", "-o", target, source, **options)
        stopped = run.stop_when(lambda: begun.stat().st_size > 0)
        came = run.finish()
        check(run.child.returncode == 0, run.child.returncode, came)
        if stopped:
            return came
    return sys.exit(f"{target} is written before anybody can stop it")


def test_writing(folder):
    source = folder / "run.errata"
    path = long_file(folder, False)
    subprocess.run([PROGRAM, "index", "-o", source, path], check=True)
    target = folder / "run.ndjson"
    said = f"errata: writing {target}, from 219,660 issues"
    for columns, drawn in (400, said), (20, f"{said[:18]}\N{HORIZONTAL ELLIPSIS}"):
        came = write_long(source, target, columns=columns)
        # Where reading took long, a line of that was there before.
        check(lines_of(came)[-1:] == [drawn] and came.endswith(ERASE), repr(came), "is not", repr(drawn))
    check(write_long(source, target, term="dumb") == "", "drawn on a dumb terminal")
    with open(target, "rb") as written:
        check(sum(1 for _ in written) == 219660, "not all was written")
    # Whoever reads a pipe may write to the same terminal.
    check(Run("list", "--format", "ndjson", source, listen=1.5).finish().count("writing") == 0, "drawn for a pipe")


def test_no_terminal():
    theirs, ours = os.pipe()
    child = subprocess.Popen([PROGRAM, "summary"], stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    os.close(theirs)
    for _ in range(15):
        os.write(ours, LOANS)
        time.sleep(0.1)
    os.close(ours)
    said = child.communicate()
    check(said[0] and not said[1] and b"\x1b" not in said[0] and child.returncode == 0, said)


def main():
    try:
        for end in pty.openpty():
            os.close(end)
    except OSError:
        print("no pseudo-terminals here")
        return 77
    test_pipe()
    test_window()
    test_interrupt()
    test_message()
    test_no_terminal()
    with tempfile.TemporaryDirectory(prefix="errata-progress-") as name:
        test_files(pathlib.Path(name))
        test_writing(pathlib.Path(name))
    return 0


sys.exit(main())
