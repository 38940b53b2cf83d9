"""Includes point one way.

    cli, bench, lib/http, lib/export, examples -> include/errata
    lib/read -> lib/index -> lib/core
    lib/read, lib/index, lib/http, lib/export, cli -> lib/json -> lib/core

A file under lib/ may include the public headers of its own layer and of those below. Each foreign library
has one place that knows it. The last part plants violations and demands that each is found.
"""
import os
import pathlib
import re
import sys

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)

BASE = {"allocator", "error", "limits", "text", "version"}
INDEX = BASE | {"index", "query", "store", "diff", "redact"}
READ = BASE | {"index", "reader", "store"}
ANY = None

# Folder: (folders of lib/ that it may include, public headers that it may include).
LAYERS = {
    "include/errata": ((), ANY),
    "lib/core": (("core",), BASE),
    "lib/json": (("json", "core"), BASE),
    "lib/index": (("index", "json", "core"), INDEX),
    "lib/read": (("read", "index", "json", "core"), READ),
    "lib/export": (("export", "json", "core"), ANY),
    "lib/http": (("http", "json", "core"), ANY),
    "cli": (("json", "core"), ANY),
    "bench": ((), ANY),
    "examples": ((), ANY),
    "tests/api": ((), ANY),
    "tests/index-format": ((), ANY),
    "tests/install": ((), ANY),
}

# A header, foreign or with something foreign in it, and the files that may include it. The benchmarks measure errata against yajl.
FOREIGN = [
    (r"yajl/", r"lib/json/[^/]+\.c|lib/json/state\.h|bench/[^/]+\.[ch]"),
    # What the files of the parser share, yajl's handle among it.
    (r"json/state\.h", r"lib/json/[^/]+\.c"),
    (r"pcre2", r"lib/index/filter[^/]*\.c"),
    (r"curl/", r"lib/http/[^/]+\.c"),
    (r"sqlite3", r"lib/export/sqlite[^/]*\.c"),
    (r"xxhash|xxh3", r"lib/index/[^/]+\.[ch]|lib/read/[^/]+\.[ch]|lib/http/ids\.c|lib/export/(name|sarif-result)\.c"),
    (r"zlib|zstd", r"lib/read/decompress\.c|lib/http/(pack|unpack)\.c|lib/export/sarif-size\.c"),
    (r"utf8proc", r"cli/[^/]+\.c"),
]

PLANTED = [
    ("lib/core/buffer.c", '"json/text.h"'),
    ("lib/core/buffer.c", '"index/tables.h"'),
    ("lib/core/buffer.c", "<errata/index.h>"),
    ("lib/json/text.c", '"index/tables.h"'),
    ("lib/json/text.c", "<errata/reader.h>"),
    ("lib/index/group.c", '"read/reader.h"'),
    ("lib/index/group.c", "<errata/reader.h>"),
    ("lib/index/group.c", "<errata/export.h>"),
    ("lib/index/group.c", "<pcre2.h>"),
    ("lib/index/filter.h", "<pcre2.h>"),
    ("lib/read/reader.c", '"export/format.h"'),
    ("lib/read/reader.c", "<yajl/yajl_parse.h>"),
    ("lib/read/reader.c", "<errata/query.h>"),
    ("lib/json/parser.h", "<yajl/yajl_parse.h>"),
    ("lib/json/parser.h", '"json/state.h"'),
    ("lib/read/frame.c", '"json/state.h"'),
    ("lib/export/csv.c", '"index/tables.h"'),
    ("lib/export/csv.c", "<sqlite3.h>"),
    ("lib/http/client.c", '"read/reader.h"'),
    ("lib/read/file.c", "<curl/curl.h>"),
    ("lib/read/file.c", "<zstd.h>"),
    ("cli/main.c", '"index/tables.h"'),
    ("cli/main.c", '"../lib/index/tables.h"'),
    ("cli/main.c", "<yajl/yajl_parse.h>"),
    ("bench/bench-read.c", '"core/arena.h"'),
    ("examples/summary.c", '"core/arena.h"'),
    ("include/errata/reader.h", '"core/arena.h"'),
    ("include/errata/reader.h", "<zlib.h>"),
]


def problem(path, name):
    """Why the file at path may not include name; None when it may."""
    for foreign, allowed in FOREIGN:
        if re.match(foreign, name):
            if re.fullmatch(allowed, path):
                return None
            return "something foreign that this file must not know"
    folder = path.rpartition("/")[0]
    folders, headers = LAYERS[folder]
    if ".." in name.split("/"):
        return "a way out of the folder"
    if name.startswith("errata/"):
        header = name[len("errata/"):-len(".h")]
        return None if headers is ANY or header in headers else "a public header of a higher layer"
    top, slash, _ = name.partition("/")
    if slash and top in ("core", "json", "index", "read", "export", "http"):
        return None if top in folders else "against the direction"
    return None


def check(path, text):
    found = []
    for match in INCLUDE.finditer(text):
        why = problem(path, match[2])
        # Only the folder itself is in reach of a quoted name without a slash.
        if why is None and match[1] == '"' and path.startswith(("lib/", "include/")) and "/" not in match[2]:
            why = "write it from lib/ or include/"
        if why:
            line = text.count("\n", 0, match.start(2)) + 1
            found.append(f"{path}:{line}: {match[2]}: {why}")
    return found


def main():
    root = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])
    found = []
    files = 0
    for folder in ("include", "lib", "cli", "bench", "examples", "tests/api", "tests/index-format", "tests/install"):
        for path in sorted((root / folder).rglob("*.[ch]")):
            name = path.relative_to(root).as_posix()
            if name.rpartition("/")[0] not in LAYERS:
                found.append(f"{name}: this folder has no rule here")
                continue
            found += check(name, path.read_text(encoding="utf-8"))
            files += 1
    if files < 50:
        found.append(f"only {files} files were looked at")
    for path, name in PLANTED:
        if not check(path, f"#include {name}\n"):
            found.append(f"a planted violation was not found: {name} in {path}")
    print("\n".join(found) or f"{files} files, {len(PLANTED)} planted violations found")
    return 1 if found else 0


sys.exit(main())
