"""The kernel for NEON does what the portable one does, on a 64-bit ARM that QEMU plays: unit/test-look.c, compiled for it.

Skips itself where there is no cross compiler (gcc-aarch64-linux-gnu, libc6-dev-arm64-cross) or no qemu-user-static.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])
COMPILER, MACHINE = "aarch64-linux-gnu-gcc", "qemu-aarch64-static"
SOURCES = ["lib/read/look.c", "lib/read/look-neon.c", "lib/read/look-portable.c", "tests/unit/test-look.c"]
FLAGS = ["-std=c11", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-Wshadow", "-Werror", "-static",
         "-I", ROOT / "tests/shape/plain", "-I", ROOT / "include", "-I", ROOT / "lib",
         # What kernels call while they take issues, which is not tried here.
         "-Wl,--unresolved-symbols=ignore-all"]
MAIN = "int main(void) { return 0; }\n"


def build(program):
    subprocess.run([COMPILER, *FLAGS, "-o", program, *(ROOT / source for source in SOURCES), "-x", "c", "-"],
                   input=MAIN, text=True, check=True)


def main():
    for tool in (COMPILER, MACHINE):
        if not shutil.which(tool):
            print(f"skipped: there is no {tool}")
            return 77
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "look")
        build(program)
        outcome = subprocess.run([MACHINE, program], stdout=subprocess.PIPE, text=True, check=False)
        tests = outcome.stdout.split()
        if outcome.returncode != 0 or len(tests) != 3 or b"NEON" not in pathlib.Path(program).read_bytes():
            print("FAIL:", outcome.returncode, tests)
            return 1
    print("the same:", *tests)
    return 0


sys.exit(main())
