#!/usr/bin/env python3
"""What protects the key and the way to the API: TLS, who may read the key, where plain http may go.

secure.py [CASE...]; ERRATA_PROGRAM is the program. (That the key is in no output and no file is a part of every case of all
tests here.)
"""
import contextlib
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import threading

import harness
from harness import KEY, expect, expect_in, expect_status, test


@test
def unknown_authority(case):
    case.order(5, status="FAILED")
    done = case.scan("--retries", "0")
    expect_status(done, 5)
    expect_in("certificate", done.err)
    expect(case.requests() == [], "the key was shown to somebody unknown")


@test
def private_authority(case):
    case.order(5, status="FAILED")
    expect_status(case.scan("--cacert", case.authority), 0)
    expect_status(case.fetch("--cacert", case.authority, "rec-000001"), 0)


@test
def no_other_authority(case):
    """--cacert is instead of the system's authorities: their folder is not looked into."""
    # Not everybody may trace.
    if not shutil.which("strace") or subprocess.run(["strace", "-f", "true"], capture_output=True, check=False).returncode:
        return
    case.order(5, status="FAILED")
    other = pathlib.Path(case.authority).with_name("other.pem")
    words = ["--collection", case.name, "--retries", "0", "--cacert", str(other)]
    environment = harness.environment(case.server.url)
    # LeakSanitizer traces, too, and there can be only one.
    environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
    traced = subprocess.run(["strace", "-f", "-e", "trace=%file", harness.ERRATA, "scan", *words], capture_output=True,
                            text=True, env=environment, timeout=harness.PATIENCE, check=False)
    expect(traced.returncode == 5 and "other.pem" in traced.stderr, traced.stderr)
    expect("/etc/ssl/certs/" not in traced.stderr, "the system's authorities were looked for")


@test
def another_name(case):
    """The certificate is for 127.0.0.1 only."""
    case.order(5)
    done = case.scan("--retries", "0", "--cacert", case.authority, url=case.server.url.replace("127.0.0.1", "localhost"))
    expect_status(done, 5)
    expect(case.requests() == [], "the key was shown to somebody with another name")


@test
def no_certificates_there(case):
    done = case.scan("--cacert", "none-such.pem")
    expect_status(done, 3)
    expect_in("none-such.pem", done.err)


@test
def key_file(case):
    case.order(5, status="FAILED")
    # Outside the case's folder, which is searched for the key.
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "key"
        file.write_text(KEY + "\n")
        file.chmod(0o600)
        words = ["--cacert", case.authority, "--key-file", str(file)]
        expect_status(case.scan(*words, env={"CORTEX_API_KEY": ""}), 0)
        for mode in (0o640, 0o604, 0o666):
            file.chmod(mode)
            done = case.scan(*words, env={"CORTEX_API_KEY": ""})
            expect_status(done, 3)
            expect_in(str(file), done.err)
        file.unlink()
        expect_status(case.scan(*words), 3)


@test
def no_key(case):
    done = case.scan(env={"CORTEX_API_KEY": ""})
    expect_status(done, 2)
    expect_in("CORTEX_API_KEY", done.err)


@test
def key_as_a_filter(case):
    """--key is the key of a rule: who takes it for that of the API is told, without the key."""
    for command in ("fetch", "scan"):
        child = case.start(command, "--collection", case.name, "--key", KEY, *(["rec-000001"] if command == "fetch" else []),
                           env={"CORTEX_API_KEY": ""})
        done = case.end(child, 0)
        expect_status(done, 2)
        expect_in("CORTEX_API_KEY", done.err)
        expect_in("--key is a filter", done.err)


@test
def key_with_a_line_end(case):
    """It would end the header and begin another."""
    done = case.scan(env={"CORTEX_API_KEY": KEY + "\r\nX-Other: 1"})
    expect_status(done, 2)


@test
def key_is_gone_from_the_environment(case):
    case.order(5, on={"rec-000001": [{"kind": "hang", "seconds": 60}]})
    child = case.start("fetch", "--collection", case.name, "--cacert", case.authority, "rec-000001")
    try:
        harness.wait_for(lambda: case.requests(), child)
        for what in ("environ", "cmdline"):
            harness.search(pathlib.Path(f"/proc/{child.pid}/{what}").read_bytes(), what)
    finally:
        child.kill()
        child.communicate()


@test
def plain_http_elsewhere(case):
    """Refused before anything is sent, also without a network."""
    done = case.scan(url="http://api.example.com")
    expect_status(done, 2)
    expect_in("https://", done.err)


@test
def other_schemes(case):
    for url in ("ftp://127.0.0.1/", "file:///etc/passwd", "127.0.0.1", "https://user:word@127.0.0.1"):
        expect_status(case.scan(url=url), 2)


@contextlib.contextmanager
def listener():
    """A proxy that answers nothing; gives its address and what it was told."""
    heard = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.05)
    stop = threading.Event()

    def serve():
        while not stop.is_set():
            with contextlib.suppress(OSError):
                connection, _ = server.accept()
                connection.settimeout(5)
                heard.append(connection.recv(65536))
                connection.sendall(b"HTTP/1.1 502 No\r\ncontent-length: 0\r\n\r\n")
                connection.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}", heard
    finally:
        stop.set()
        thread.join()
        server.close()


@test
def proxies(case):
    with harness.Server() as plain, listener() as (proxy, heard):
        plain.order(case.name, 5, status="FAILED")
        every = {name: proxy for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY")}
        expect_status(case.scan(url=plain.url, env=every), 0)
        expect(heard == [], "plain http to loopback went through a proxy")
        done = case.scan("--retries", "0", env=every)
        expect_status(done, 5)
        expect(len(heard) > 0 and all(words.startswith(b"CONNECT 127.0.0.1:") for words in heard), heard)
        heard.clear()
        done = case.scan("--retries", "0", "--allow-http", url="http://api.example.invalid", env=every)
        expect_status(done, 5)
        expect(heard == [], "plain http went through a proxy that nobody named")
        done = case.scan("--retries", "0", "--allow-http", "--proxy", proxy, url="http://api.example.invalid")
        expect_status(done, 5)
        expect(len(heard) > 0, "--proxy was not used")


@test
def no_libcurl_in_errata(case):
    needed = subprocess.run(["ldd", harness.ERRATA], capture_output=True, text=True, check=True).stdout
    expect("curl" not in needed, needed)
    needed = subprocess.run(["ldd", harness.ERRATA + "-http"], capture_output=True, text=True, check=True).stdout
    expect("curl" in needed, needed)


def make_certificates(folder):
    """An authority, and a certificate of it for 127.0.0.1."""
    def openssl(*words):
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
            "-subj", "/CN=errata tests")
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "other.key", "-out", "other.pem", "-days", "2",
            "-subj", "/CN=errata tests, another")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=errata")
    (pathlib.Path(folder) / "names").write_text("subjectAltName=IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-extfile", "names", "-out", "server.pem")
    return [os.path.join(folder, name) for name in ("ca.pem", "server.pem", "server.key")]


if __name__ == "__main__":
    try:
        subprocess.run(["openssl", "version"], check=True, capture_output=True)
    except OSError:
        print("there is no openssl here to make certificates with")
        sys.exit(harness.SKIP)
    with tempfile.TemporaryDirectory() as certificates:
        harness.Case.authority, certificate, private = make_certificates(certificates)
        harness.run_cases(tls=(certificate, private))
