"""What gets installed works for a stranger.

Installs into a temporary folder; builds a program against that by pkg-config, as C and as C++, against the
shared and against the static library; runs each; runs the installed errata. reading.py looks at the rest.
"""
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

import built
import reading

ROOT = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])
BUILD = pathlib.Path(os.environ["ERRATA_BUILD_ROOT"])
LOANS = ROOT / "examples/loans.ndjson"
LANGUAGES = {"c": ("ERRATA_CC", "c11"), "c++": ("ERRATA_CXX", "c++17")}


def run(*command, **environment):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          env={**os.environ, **environment})
    if done.returncode:
        sys.exit(f"{shlex.join(str(word) for word in command)}\nended with {done.returncode}\n"
                 f"{done.stdout}{done.stderr}")
    return done.stdout


class Installed:
    def __init__(self, folder):
        options = built.options()
        self.prefix = pathlib.Path(str(folder) + options["prefix"])
        self.libdir = self.prefix / options["libdir"]
        self.environment = {
            "PKG_CONFIG_PATH": str(self.libdir / "pkgconfig"),
            # Everything in errata.pc is below the folder; what it needs is the system's.
            "PKG_CONFIG_SYSROOT_DIR": str(folder),
        }

    def pkg_config(self, *words, package="errata"):
        return run("pkg-config", *words, package, **self.environment).split()


def build_and_run(installed, language, static, folder):
    compiler, standard = LANGUAGES[language]
    program = folder / f"stranger-{'cxx' if language == 'c++' else 'c'}-{'static' if static else 'shared'}"
    flags = installed.pkg_config(*(["--static"] if static else []), "--cflags", "--libs")
    run(*shlex.split(os.environ[compiler]), "-x", language, f"-std={standard}", "-Wall", "-Wextra",
        "-pedantic", "-Werror", *built.instruments(), ROOT / "tests/install/stranger.c", "-x", "none",
        "-o", program, *flags)
    environment = {} if static else {"LD_LIBRARY_PATH": str(installed.libdir)}
    needed = run("readelf", "-d", program)
    if static == ("liberrata.so" in needed):
        sys.exit(f"{program.name} links the wrong library:\n{needed}")
    if not static and "[liberrata.so.0]" not in needed:
        sys.exit(f"{program.name} does not ask for liberrata.so.0:\n{needed}")
    return run(program, LOANS, **environment)


def build_and_run_client(installed, language, folder):
    """Only against the shared library: what libcurl wants for a static one is not in its development package."""
    compiler, standard = LANGUAGES[language]
    program = folder / f"stranger-http-{'cxx' if language == 'c++' else 'c'}"
    flags = installed.pkg_config("--cflags", "--libs", package="errata-http")
    run(*shlex.split(os.environ[compiler]), "-x", language, f"-std={standard}", "-Wall", "-Wextra",
        "-pedantic", "-Werror", *built.instruments(), ROOT / "tests/install/stranger-http.c", "-x", "none",
        "-o", program, *flags)
    needed = run("readelf", "-d", program)
    if "[liberrata-http.so.0]" not in needed or "[libcurl" in needed:
        sys.exit(f"{program.name} asks for other libraries than it should:\n{needed}")
    said = run(program, LD_LIBRARY_PATH=str(installed.libdir))
    if not said.startswith("the API cannot be reached: http://127.0.0.1:1/apps/c/collections/loans/records?"):
        sys.exit(f"{program.name} says {said}")


def check_files(installed):
    version = installed.pkg_config("--modversion")[0]
    expected = ["liberrata.a", "liberrata.so", "liberrata.so.0", f"liberrata.so.{version}"]
    missing = [name for name in expected if not (installed.libdir / name).exists()]
    for header in (ROOT / "include/errata").glob("*.h"):
        if header.name != "client.h" and not (installed.prefix / "include/errata" / header.name).exists():
            missing.append(header.name)
    for header in (installed.prefix / "include/errata").glob("*.h"):
        if not (ROOT / "include/errata" / header.name).exists():
            missing.append(f"{header.name} in the sources")
    if missing:
        sys.exit("not there: " + ", ".join(missing))
    return version


def check_program(installed, version):
    """The installed errata finds its library by itself."""
    program = installed.prefix / "bin/errata"
    said = run(program, "--version", LD_LIBRARY_PATH="")
    if version not in said:
        sys.exit(f"errata --version says {said}")
    summary = json.loads(run(program, "summary", "--format", "json", LOANS, LD_LIBRARY_PATH=""))
    if summary["documents"] != 2000:
        sys.exit(f"errata summary counts {summary['documents']} documents")


def check_api_program(installed):
    """The installed errata finds errata-http, and that its libraries. Nobody listens at port 1."""
    words = [installed.prefix / "bin/errata", "scan", "--collection", "c", "--retries", "0"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env={
        "LD_LIBRARY_PATH": "", "CORTEX_API_KEY": "k", "CORTEX_API_URL": "http://127.0.0.1:1"})
    if done.returncode != 5 or "127.0.0.1" not in done.stderr:
        sys.exit(f"errata scan ended with {done.returncode}\n{done.stdout}{done.stderr}")


def check_reading(installed, folder):
    """The manual, and its example of a program, which is compiled as it stands there."""
    share = installed.prefix / built.options()["datadir"]
    reading.check_documents(share)
    if not (share / "man").exists():
        print("errata was built without manual pages and completions")
        return
    reading.check_pages(share)
    reading.check_completions(share, folder)
    source, program = folder / "example.c", folder / "example"
    source.write_text(reading.example(share))
    run(*shlex.split(os.environ["ERRATA_CC"]), "-std=c11", "-Wall", "-Wextra", "-Werror", *built.instruments(),
        source, "-o", program, *installed.pkg_config("--cflags", "--libs"))
    said = run(program, LOANS, LD_LIBRARY_PATH=str(installed.libdir))
    if not said.endswith(" issues in 2000 documents\n"):
        sys.exit(f"the program of errata(3) says {said}")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "root"
        run("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", folder)
        installed = Installed(folder)
        version = check_files(installed)
        if built.options()["cli"]:
            check_program(installed, version)
        if (BUILD / "cli/errata-http").exists():
            check_api_program(installed)
        check_reading(installed, folder)
        said = {build_and_run(installed, language, False, folder) for language in LANGUAGES}
        if (installed.prefix / "include/errata/client.h").exists():
            for language in LANGUAGES:
                build_and_run_client(installed, language, folder)
        # Where the linker has the choice it takes the shared library: somebody who wants the static one has
        # only that.
        for library in installed.libdir.glob("liberrata.so*"):
            library.unlink()
        said |= {build_and_run(installed, language, True, folder) for language in LANGUAGES}
    if len(said) != 1 or not said.pop().startswith(f"errata {version}: "):
        sys.exit(f"the programs said {said}")


main()
