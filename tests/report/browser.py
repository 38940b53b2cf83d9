"""Headless Chromium, driven through chromedriver: the WebDriver protocol is JSON over HTTP, and little of it is
needed here.

    with Browser() as browser:
        browser.open(path, width=375)
        browser.run("return document.title")
"""
import base64
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

# Keys of WebDriver, by their names in JavaScript.
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Space": " ", "Shift": "\ue008", "Escape": "\ue00c"}


def missing():
    """What there is not, as a sentence; None when all is there."""
    absent = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    return f"there is no {' and no '.join(absent)}: ./dev browser installs both" if absent else None


def try_pages(tests):
    """Calls tests with a browser and a folder. Returns the exit status, which is that of a skip where there is no browser."""
    absent = missing()
    if absent:
        print(f"skipped: {absent}")
        return 77
    with tempfile.TemporaryDirectory(prefix="errata-report-") as folder, Browser() as browser:
        tests(browser, pathlib.Path(folder))
    return 0


class Browser:
    def __init__(self):
        self.stack = contextlib.ExitStack()
        self.port = None
        self.session = None

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            profile = stack.enter_context(tempfile.TemporaryDirectory(
                prefix="errata-browser-", ignore_cleanup_errors=True))
            self.start(stack, profile)
            stack.callback(self.end)
            self.begin(profile)
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *failure):
        self.stack.close()

    def start(self, stack, profile):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        driver = subprocess.Popen(["chromedriver", f"--port={self.port}"], stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, env={**os.environ, "HOME": profile})
        stack.callback(driver.wait)
        stack.callback(driver.terminate)
        for _ in range(600):
            with contextlib.suppress(OSError):
                if self.ask("GET", "/status")["ready"]:
                    return
            time.sleep(0.05)
        raise RuntimeError("chromedriver does not answer")

    def begin(self, profile):
        # Without a sandbox of its own, since tests run as root in containers; the pages are ours.
        options = {"binary": shutil.which("chromium"), "args": [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--disable-background-networking", "--no-first-run", f"--user-data-dir={profile}/data"]}
        made = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}})
        self.session = f"/session/{made['sessionId']}"

    def end(self):
        if self.session:
            with contextlib.suppress(OSError, RuntimeError):
                self.ask("DELETE", self.session)

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None,
                               {"Content-Type": "application/json"})
            answer = connection.getresponse()
            value = json.loads(answer.read())["value"]
        finally:
            connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {value.get('message', value)}")
        return value

    def cdp(self, command, **parameters):
        return self.ask("POST", f"{self.session}/goog/cdp/execute", {"cmd": command, "params": parameters})

    # ---- What tests ask for

    def look(self, width=1280, height=900, dark=False):
        """Sets the size of the window and whether the system is dark."""
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.cdp("Emulation.setEmulatedMedia",
                 features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def open(self, path, **look):
        """Opens a file from the disk."""
        self.look(**look)
        self.ask("POST", f"{self.session}/url", {"url": pathlib.Path(path).resolve().as_uri()})

    def run(self, script, *arguments):
        """Runs a script's text as the body of a function; what it returns."""
        return self.ask("POST", f"{self.session}/execute/sync", {"script": script, "args": list(arguments)})

    def press(self, *keys):
        """Presses keys one after another, where the focus is."""
        actions = []
        for key in keys:
            actions += [{"type": "keyDown", "value": KEYS.get(key, key)}, {"type": "keyUp", "value": KEYS.get(key, key)}]
        self.ask("POST", f"{self.session}/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def until(self, script, *arguments):
        """Waits until a script returns something that is true, and returns that."""
        for _ in range(200):
            value = self.run(script, *arguments)
            if value:
                return value
            time.sleep(0.05)
        raise AssertionError(f"never true: {script}")

    def complaints(self):
        """What the console has to say since it was asked last; violations of the policy are there as well."""
        return [entry["message"] for entry in self.ask("POST", f"{self.session}/se/log", {"type": "browser"})]

    def picture(self, path, whole=True, width=1280, most=20000):
        """A picture of the page as a PNG file; whole: as high as it is."""
        if whole:
            height = self.run("return document.documentElement.scrollHeight")
            self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=min(height, most), deviceScaleFactor=1,
                     mobile=False)
        pathlib.Path(path).write_bytes(base64.b64decode(self.cdp("Page.captureScreenshot", format="png")["data"]))

    def pdf(self):
        return base64.b64decode(self.cdp("Page.printToPDF", printBackground=False, preferCSSPageSize=True)["data"])
