"""What is installed for people and shells: manual pages, completions, documents."""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

ROOT = pathlib.Path(os.environ["ERRATA_SOURCE_ROOT"])

# What a shell says to `errata gro`, where it looks for completions itself.
SHELLS = {
    "bash": ["bash", "--norc", "-c", 'source "$SHARE/bash-completion/completions/errata"; COMP_WORDS=(errata gro); '
             'COMP_CWORD=1; _errata; echo "${COMPREPLY[@]}"'],
    "zsh": ["zsh", "-f", "-c", 'fpath=($SHARE/zsh/site-functions $fpath); autoload -Uz compinit; compinit -u -D; '
            '[[ $_comps[errata] == _errata ]] && echo group'],
    "fish": ["fish", "-c", 'complete -C "errata gro"'],
}


def say(*command, statuses=(0,), **environment):
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment})
    if done.returncode not in statuses or done.stderr:
        sys.exit(f"{shlex.join(map(str, command))}\nended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def check_pages(share):
    pages = {page.name for page in (share / "man").glob("man*/errata*")}
    names = re.findall(r"^  ([a-z]+) +[A-Z]", say(share.parent / "bin/errata", "--help"), re.MULTILINE)
    missing = {f"errata-{name}.1" for name in names} | {"errata.1", "errata.3", "errata-index.5"}
    missing -= pages
    if missing:
        sys.exit(f"no manual page {', '.join(sorted(missing))}")
    if shutil.which("man") is None:
        return
    for words, wanted in ((["errata-group"], "errata group [OPTION]"), (["5", "errata-index"], "directory"),
                          (["3", "errata"], "errata_reader_new()")):
        text = say("man", "-M", share / "man", *words, MANPAGER="cat", MANWIDTH="100")
        if wanted not in text:
            sys.exit(f"man {' '.join(words)} does not say {wanted}:\n{text}")


def check_completions(share, home):
    for shell, command in SHELLS.items():
        if shutil.which(shell):
            # fish asks for completions only of programs that there are.
            said = say(*command, SHARE=str(share), HOME=str(home), XDG_DATA_DIRS=f"{share}:/usr/share",
                       PATH=f"{share.parent / 'bin'}:{os.environ['PATH']}")
            if not said.startswith("group"):
                sys.exit(f"{shell} completes `errata gro` to {said!r}")


def check_documents(share):
    for document in [*(ROOT / "docs").glob("*.md"), *(ROOT / "docs/images").iterdir(), ROOT / "docs/policy.schema.json",
                     *(ROOT / name for name in ("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md"))]:
        installed = share / "doc/errata" / document.relative_to(ROOT)
        if not installed.exists() or installed.read_bytes() != document.read_bytes():
            sys.exit(f"{installed} is not {document}")
    for page in [*(share / "doc/errata").glob("*.md"), *(share / "doc/errata/docs").glob("*.md")]:
        text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        for link in re.findall(r"\]\(([^)\s#:]+)(?:#[^)]*)?\)", text):
            # The client is there only where libcurl was.
            if not (page.parent / link).exists() and not link.endswith("/client.h"):
                sys.exit(f"{page.name}, installed, leads to {link}, where nothing is")
    # A document's own words about the examples, by the program that came with it.
    say(share.parent / "bin/errata", "check", "--policy", share / "doc/errata/examples/policy.json", "--baseline",
        share / "doc/errata/examples/baseline.json", share / "doc/errata/examples/loans.ndjson", statuses=(0, 1))
    others = [path.name for path in (share / "doc/errata/docs").iterdir() if path.name in ("man", "meson.build")]
    if others:
        sys.exit(f"among the documents are {others}")


def example(share):
    """The program in errata(3)."""
    page = (share / "man/man3/errata.3").read_text()
    section = page[page.index(".SH EXAMPLES"):]
    program = re.search(r"^\.EX\n(.*?)^\.EE$", section, re.MULTILINE | re.DOTALL).group(1)
    return program.replace("\\e", "\\").replace("\\-", "-")
