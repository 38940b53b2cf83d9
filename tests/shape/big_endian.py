"""What depends on the order of bytes compiles for a big-endian machine too: no machine here takes those branches."""
import os
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])
FLAGS = ["-x", "c", "-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Wsign-conversion",
         "-Wno-unused-function", "-Werror", "-fsyntax-only", "-I", str(ROOT / "include"), "-I", str(ROOT / "lib")]
# The system's headers ask for the order as well, and are for this machine: they come first.
BEFORE = ["limits.h", "stdint.h", "stdio.h", "stdlib.h", "string.h"]
ORDER = "#undef __BYTE_ORDER__\n#define __BYTE_ORDER__ __ORDER_BIG_ENDIAN__\n"


def compile_big_endian(name, spoil=""):
    source = "".join(f"#include <{header}>\n" for header in BEFORE) + ORDER + spoil
    command = [*shlex.split(os.environ["ERRATA_CC"]), *FLAGS, "-"]
    return subprocess.run(command, input=f'{source}#include "{name}"\n', capture_output=True, text=True, check=False)


def main():
    # Those of lib/ that ask.
    names = sorted(str(path.relative_to(ROOT / "lib")) for path in (ROOT / "lib").rglob("*.[ch]")
                   if "__ORDER_BIG_ENDIAN__" in path.read_text())
    failures = []
    for name in names:
        done = compile_big_endian(name)
        if done.returncode != 0:
            failures.append(f"{name}:\n{done.stderr}")
        # The branch is there: it does not compile without what only it needs.
        if compile_big_endian(name, "#define __builtin_bswap64(x) is_nowhere\n").returncode == 0:
            failures.append(f"{name}: nothing depends on the order")
    print("\n".join(failures) or f"{len(names)} files")
    return 1 if failures or len(names) < 3 else 0


sys.exit(main())
