"""Each public header by itself, and errata.h, compiles as C11 and as C++17 without a warning."""
import concurrent.futures
import os
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])
WARNINGS = ["-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only"]


def compile_header(header, language):
    compiler, standard = {"c": ("ERRATA_CC", "c11"), "c++": ("ERRATA_CXX", "c++17")}[language]
    command = [*shlex.split(os.environ[compiler]), "-x", language, f"-std={standard}", *WARNINGS,
               "-I", str(ROOT / "include"), "-"]
    # Twice, since a header must also stand being included again.
    source = f"#include <errata/{header}>\n#include <errata/{header}>\nint main(void) {{ return 0; }}\n"
    if language == "c++":
        source = source.replace("(void)", "()")
    done = subprocess.run(command, input=source, capture_output=True, text=True)
    return f"{header} as {standard}:\n{done.stderr}" if done.returncode else ""


def main():
    headers = sorted(path.name for path in (ROOT / "include/errata").glob("*.h"))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(compile_header, header, language)
                for header in headers for language in ("c", "c++")]
        failures = [job.result() for job in jobs if job.result()]
    print("\n".join(failures) or f"{len(headers)} headers")
    # errata.h has all of the core: what a newcomer includes.
    text = (ROOT / "include/errata/errata.h").read_text()
    missing = [name for name in headers
               if name not in ("errata.h", "client.h") and f"<errata/{name}>" not in text]
    if missing:
        print("errata.h does not include", ", ".join(missing))
    return 1 if failures or missing else 0


sys.exit(main())
