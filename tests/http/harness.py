"""What the tests of the API commands share: the server, runs of errata, and the hunt for the key.

Every run's output, and every file in its folder, is searched for the key; so is the command line while it runs.
"""
import collections
import concurrent.futures
import contextlib
import json
import os
import pathlib
import re
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

import unpack
from records import Collection

HERE = pathlib.Path(__file__).resolve().parent
ERRATA = os.environ["ERRATA_PROGRAM"]
KEY = "sk-Zq7-not-to-be-seen-0123456789"
# Parts are as bad as the whole.
TRACES = (b"Zq7-not-to-be-seen", KEY.encode("utf-16-le"), b"U0stWnE3")
SKIP = 77
# Seconds, where something that ought to come does not come: a busy machine takes its time.
PATIENCE = 240

Done = collections.namedtuple("Done", "status out err seconds")


class Failed(Exception):
    pass


def expect(good, *what):
    if not good:
        raise Failed(" ".join(str(part) for part in what))


def expect_in(part, text):
    expect(part in text, f"not there: {part!r}\nin: {text}")


def expect_status(done, status):
    expect(done.status == status, f"ended with {done.status}, not {status}\n{done.err}{done.out[:2000]}")


class Server:
    """A server process, for as long as the context lasts."""

    def __init__(self, key=KEY, tls=None):
        self.words = [sys.executable, str(HERE / "server.py"), "--key", key]
        self.scheme = "https" if tls else "http"
        self.context = None
        if tls:
            import ssl
            self.words += ["--tls", str(tls[0]), str(tls[1])]
            self.context = ssl._create_unverified_context()

    def __enter__(self):
        self.process = subprocess.Popen(self.words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        self.url = f"{self.scheme}://127.0.0.1:{self.port}"
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(PATIENCE)

    def ask(self, method, path, body=None):
        request = urllib.request.Request(self.url + path, data=body and json.dumps(body).encode(), method=method)
        # Never by a proxy of the environment.
        handlers = [urllib.request.ProxyHandler({})]
        if self.context:
            handlers.append(urllib.request.HTTPSHandler(context=self.context))
        with urllib.request.build_opener(*handlers).open(request, timeout=PATIENCE) as answer:
            return json.loads(answer.read())

    def order(self, name, records, **order):
        """Makes a collection; returns what is in it. See server.Served."""
        self.ask("PUT", "/control/collections/" + urllib.parse.quote(name, safe=""), {"records": records, **order})
        return Collection(records, order.get("seed", 1), order.get("ids", ()), order.get("status"))

    def log(self, collection):
        """Requests for one collection, as their paths behind it."""
        start = f"/apps/c/collections/{urllib.parse.quote(collection, safe='')}/records"
        return [entry | {"what": entry["target"][len(start):]} for entry in self.ask("GET", "/control/log")
                if entry["target"].startswith(start)]


def environment(url, **more):
    kept = {name: value for name, value in os.environ.items()
            if name in ("PATH", "TMPDIR", "LD_LIBRARY_PATH") or name.endswith("SAN_OPTIONS")}
    return {**kept, "LC_ALL": "C.UTF-8", "CORTEX_API_KEY": KEY, "CORTEX_API_URL": url,
            **{name: value for name, value in more.items() if value is not None}}


def search(data, where):
    for trace in TRACES:
        expect(trace not in data, "the key is in", where)


def search_folder(folder):
    for path in pathlib.Path(folder).rglob("*"):
        if path.is_file():
            search(path.read_bytes() + unpack.content(path)[0], path)


class Case:
    """Where one case runs: a folder of its own, and a collection with its name."""

    def __init__(self, name, server, folder):
        self.name = name
        self.server = server
        self.folder = pathlib.Path(folder)

    def start(self, *words, url=None, env=None, **options):
        variables = environment(url or self.server.url, **(env or {}))
        variables = {name: value for name, value in variables.items() if value != ""}
        return subprocess.Popen([ERRATA, *words], cwd=self.folder, env=variables, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def end(self, child, begin, timeout=PATIENCE):
        try:
            out, err = child.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            child.kill()
            out, err = child.communicate()
            raise Failed(f"does not end\n{err.decode()}{out.decode()}") from None
        for data, where in ((out, "standard output"), (err, "standard error")):
            search(data, where)
        search_folder(self.folder)
        return Done(child.returncode, out.decode(), err.decode(), time.monotonic() - begin)

    def errata(self, *words, **options):
        begin = time.monotonic()
        child = self.start(*words, **options)
        with contextlib.suppress(OSError):
            search(pathlib.Path(f"/proc/{child.pid}/cmdline").read_bytes(), "the command line")
        return self.end(child, begin)

    def fetch(self, *words, **options):
        return self.errata("fetch", "--collection", self.name, *words, **options)

    def scan(self, *words, **options):
        return self.errata("scan", "--collection", self.name, "--rate", "0", *words, **options)

    def files(self, *words):
        """errata on files, without a server."""
        done = self.errata(*words)
        expect(done.status in (0, 4), done.err)
        return done.out

    def groups(self, name):
        return self.files("group", "--by", "key,code,pattern,message,expected,received", "--format", "csv", name)

    def order(self, records, **order):
        return self.server.order(self.name, records, **order)

    def lines(self, name):
        return [json.loads(line) for line in (self.folder / name).read_text().splitlines()]

    def archive(self, name):
        """Its documents by record id."""
        text, whole = unpack.content(self.folder / name)
        expect(whole, name, "is cut off")
        expect(text == b"" or text.endswith(b"\n"), "the archive's last line has no end")
        found = {}
        for line in text.splitlines():
            document = json.loads(line)
            expect(document["record_id"] not in found, "twice in the archive:", document["record_id"])
            found[document["record_id"]] = document
        return found

    def requests(self):
        return self.server.log(self.name)

    def asked(self):
        """How many status documents."""
        return sum(entry["what"].startswith("/") for entry in self.requests())

    def open(self):
        """Lets go what the collection's `hold` keeps back."""
        self.server.ask("PUT", "/control/open/" + urllib.parse.quote(self.name, safe=""))


def wait_for(what, child):
    end = time.monotonic() + PATIENCE
    while not what():
        expect(child.poll() is None, "ended too early:", child.stderr.read() if child.poll() is not None else "")
        expect(time.monotonic() < end, "nothing happens")
        time.sleep(0.02)


def interrupt(child):
    """Sends SIGINT, and waits until it has arrived: what is sent twice before may arrive once."""
    def pending():
        masks = re.findall(r"^(?:SigPnd|ShdPnd):\s*(\w+)", pathlib.Path(f"/proc/{child.pid}/status").read_text(), re.MULTILINE)
        return any(int(mask, 16) >> signal.SIGINT - 1 & 1 for mask in masks)

    child.send_signal(signal.SIGINT)
    wait_for(lambda: not pending(), child)


def read_until(child, words):
    """Until these words come on standard error."""
    said = b""
    while words not in said:
        expect(select.select([child.stderr], [], [], PATIENCE)[0], "nothing is said but", said)
        piece = os.read(child.stderr.fileno(), 65536)
        expect(piece, "said no more than", said)
        said += piece
    search(said, "standard error")


def in_time(attempt, *limits):
    """What has to be done before a limit of seconds is over: where a busy machine was too slow, with the next one."""
    for seconds in limits[:-1]:
        with contextlib.suppress(Failed):
            return attempt(seconds)
    return attempt(limits[-1])


def write_documents(path, collection, numbers, name):
    """What a scan should find, as a file."""
    with open(path, "w", encoding="utf-8") as file:
        for number in numbers:
            document = {"record_id": collection.id_of(number), "collection_id": name, **collection.document(number)}
            file.write(json.dumps(document, ensure_ascii=False) + "\n")


cases = []


def test(function):
    """Marks a function of a Case as one to be run."""
    cases.append(function)
    return function


def run_cases(jobs=6, tls=None):
    """Runs functions that take a Case; a name on the command line chooses. Exits with 1 when one fails."""
    if not has_http():
        print("errata-http is not built here (no libcurl)")
        sys.exit(SKIP)
    wanted = sys.argv[1:]
    chosen = [case for case in cases if case.__module__ == "__main__" and (not wanted or case.__name__ in wanted)]
    lock = threading.Lock()
    failed = []

    def run(case, server):
        begin = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="errata-http-") as folder:
            try:
                case(Case(case.__name__, server, folder))
                said = "ok"
            except Failed as failure:
                said = f"FAILED {failure}"
            except Exception as failure:
                said = f"FAILED {type(failure).__name__} {failure} (line {failure.__traceback__.tb_next.tb_lineno})"
        with lock:
            print(f"{said.split(' ')[0]:6} {time.monotonic() - begin:6.2f} s  {case.__name__} {said.partition(' ')[2]}", flush=True)
            if said != "ok":
                failed.append(case.__name__)

    with Server(tls=tls) as server, concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for future in [pool.submit(run, case, server) for case in chosen]:
            future.result()
    sys.exit(1 if failed else 0)


def has_http():
    return pathlib.Path(ERRATA).with_name("errata-http").exists()
