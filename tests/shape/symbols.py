"""What the libraries are made of, seen from outside.

The names that liberrata.so exports, those in lib/liberrata.map and those that the public headers declare are
the same, and the API test touches each. The objects in liberrata.a keep nothing that can be written to and
call nothing that prints or ends the process. The same holds for liberrata-http, where it is built.
"""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])
BUILD = pathlib.Path(os.environ["ERRATA_BUILD_ROOT"])
sys.path += [str(ROOT / "tests/install")]
import built  # noqa: E402

# assert() is not among the allowed ones: errata reports what a caller may get wrong, and does not end.
FORBIDDEN = re.compile(
    r"(v?f?printf|v?dprintf|puts|fputs|putchar|putc|fputc|fwrite|perror|psignal|syslog|std(in|out|err)"
    r"|exit|_exit|_Exit|quick_exit|abort|raise|kill|__assert_fail|err|errx|warn|warnx|error"
    r"|strtok|localtime|gmtime|setlocale|strerror|rand|srand|setenv|putenv|signal|atexit"
    r"|__(v?f?printf|fprintf|vfprintf)_chk)(@.*)?")


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Library:
    """The client is a library of its own, with a header and a list of its own."""

    def __init__(self, name, shared, archive, test, least, headers):
        self.name = name
        self.shared = shared
        self.archive = BUILD / archive
        self.map = f"lib/{name}.map"
        self.test = f"tests/api/{test}"
        self.least = least
        self.headers = headers

    def names_of_headers(self):
        names = set()
        for path in self.headers:
            text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
            text = re.sub(r"\btypedef\b[^;]*;", "", text)
            text = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
            names |= set(re.findall(r"\b(errata_[a-z0-9_]+)\s*\(", text))
        return names

    def names_of_map(self):
        text = re.sub(r"#.*", "", (ROOT / self.map).read_text())
        return set(re.findall(r"\b(errata_\w+)\s*;", text))

    def names_of_library(self):
        names = set()
        for line in output("nm", "-D", "--defined-only", self.shared).splitlines():
            kind, name = line.split()[-2:]
            # The version node itself is an absolute symbol.
            if kind != "A":
                names.add(name.split("@")[0])
        return names

    def writable(self):
        """Objects of the archive with something in .data, .bss or thread-local storage."""
        found = []
        for line in output("nm", "--format=sysv", str(self.archive)).splitlines():
            cells = [cell.strip() for cell in line.split("|")]
            # Constant tables of pointers lie in .data.rel.ro, which is read-only once they are relocated.
            if len(cells) == 7 and re.match(r"\.(t?data(?!\.rel\.ro)|t?bss)|\*COM\*", cells[6]):
                found.append(f"{cells[0]}: can be written to ({cells[6]})")
        return found

    def forbidden(self):
        used = set()
        for line in output("nm", "-u", str(self.archive)).splitlines():
            cells = line.split()
            if len(cells) == 2 and cells[0] in "Uw" and FORBIDDEN.fullmatch(cells[1]):
                used.add(cells[1])
        return [f"{name}: called by {self.name}" for name in sorted(used)]

    def check(self):
        headers = self.names_of_headers()
        found = compare(self.map, self.names_of_map(), "the headers", headers)
        found += compare(self.name + ".so", self.names_of_library(), "the headers", headers)
        test = (ROOT / self.test).read_text()
        found += [f"{name}: not in {self.test}" for name in sorted(headers) if not re.search(rf"\b{name}\b", test)]
        if len(headers) < self.least:
            found.append(f"only {len(headers)} names were found in the headers of {self.name}")
        found += self.forbidden()
        # Sanitizers and coverage put data of their own into the objects.
        if not built.instruments():
            found += self.writable()
        return found


def compare(what, some, other_what, others):
    return ([f"{name}: in {what}, not in {other_what}" for name in sorted(some - others)] +
            [f"{name}: in {other_what}, not in {what}" for name in sorted(others - some)])


def libraries():
    headers = set((ROOT / "include/errata").glob("*.h"))
    client = {ROOT / "include/errata/client.h"}
    yield Library("liberrata", os.environ["ERRATA_LIBRARY"], "lib/liberrata.a", "test-api.c", 40, headers - client)
    if "ERRATA_HTTP_LIBRARY" in os.environ:
        yield Library("liberrata-http", os.environ["ERRATA_HTTP_LIBRARY"], "lib/http/liberrata-http.a",
                      "test-api-http.c", 7, client)


def main():
    found = []
    names = []
    for library in libraries():
        found += library.check()
        names.append(f"{library.name}: {len(library.names_of_library())} names")
    print("\n".join(found or names))
    return 1 if found else 0


sys.exit(main())
