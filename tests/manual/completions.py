"""Completions, as the shells themselves give them."""
import os
import pathlib
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time

import told

COMPLETIONS = pathlib.Path(os.environ["ERRATA_BUILD_ROOT"]) / "cli/completions"
SHELLS = {"bash": "errata", "zsh": "_errata", "fish": "errata.fish"}
# Where a shell that does not answer is given up.
PATIENCE = 120

# What stands on the command line, and what it may become: these words and no others.
CASES = {
    "gro": ["group"],
    "group --so": ["--sort"],
    "group --sort ": ["issues", "records", "name"],
    "group --by key,co": ["key,code", "key,collection"],
    "group --by code,key,co": ["code,key,collection"],
    "list --where re": ["received", "record"],
    "diff --fail-on new,": ["new,gone", "new,grown", "new,shrunk"],
    "diff --fail-on new,g": ["new,gone", "new,grown"],
    "scan --view g": ["group"],
    "index -o lo": ["loans.ndjson"],
    "group --rejects lo": ["loans.ndjson"],
    "group lo": ["loans.ndjson"],
    "lo": ["loans.ndjson"],
    # What follows -- is files.
    "list -- --f": [],
    "list -- lo": ["loans.ndjson"],
    "-- gro": [],
    "-- lo": ["loans.ndjson"],
    "fetch -- lo": [],
    "--color ": ["auto", "always", "never"],
    "fetch lo": [],
    "scan lo": [],
    "group --limit ": [],
}

# A value behind =: bash parts the word there, the others complete all of it.
EQUALS = {
    "bash": ("group --format = js", ["json"]),
    "zsh": ("group --format=js", ["--format=json"]),
    "fish": ("group --format=js", ["--format=json"]),
}

# A term goes on behind its field, also within the quotes that bash would close.
TERMS = {
    "bash": ["status=", "status!=", "status~", "status!~"],
    "zsh": ["status"],
    "fish": ["status"],
}

BASH = r"""
source "$1"
complete -p errata >/dev/null || exit 1
shift
COMP_WORDS=(errata "$@")
COMP_CWORD=$#
_errata
((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}"
"""

# Prints what would be added, at the place where zsh adds it.
ZSH = r"""
PS1= PS2=
fpath=("$FOLDER" $fpath)
autoload -Uz compinit
compinit -u -d "$PWD/../dump"
compadd() {
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
        builtin compadd "$@"
        return $?
    fi
    typeset -a hits
    builtin compadd -A hits "$@"
    (( $#hits )) && print -rl -- $IPREFIX$hits >>"$ANSWER"
    builtin compadd "$@"
}
finished() { print -r -- --end-- >>"$ANSWER" }
compose() { comppostfuncs=(finished); _main_complete }
zle -C compose complete-word compose
bindkey '^I' compose
unsetopt beep
"""


def words_of(line):
    return line.split(" ")


def ask_bash(script, folder, line):
    done = subprocess.run(["bash", "--norc", "-c", BASH, "bash", script, *words_of(line)], cwd=folder,
                          capture_output=True, text=True, check=False)
    assert not done.returncode and not done.stderr, (done.returncode, done.stderr)
    return done.stdout.splitlines()


def ask_fish(script, folder, line):
    done = subprocess.run(["fish", "--no-config", "-c", 'source $argv[1]; complete -C "errata $argv[2]"', script, line],
                          cwd=folder, capture_output=True, text=True, check=False,
                          env={**os.environ, "HOME": str(folder.parent)})
    assert not done.returncode and not done.stderr, (done.returncode, done.stderr)
    return [found.split("\t")[0] for found in done.stdout.splitlines()]


def ask_zsh(script, folder, line):
    """zsh completes only where it edits a line, so on a terminal."""
    answer = folder.parent / "answer"
    answer.unlink(missing_ok=True)
    start = folder.parent / ".zshrc"
    start.write_text(ZSH)
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.environ.update(ANSWER=str(answer), FOLDER=str(script.parent), ZDOTDIR=str(start.parent), TERM="dumb")
        os.execlp("zsh", "zsh", "-d", "-i")
    os.write(terminal, f"errata {line}\t".encode())
    said = ""
    end = time.monotonic() + PATIENCE
    while "--end--" not in said and time.monotonic() < end:
        # What it shows has to go somewhere.
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                os.read(terminal, 65536)
            except OSError:
                break
        said = answer.read_text() if answer.exists() else ""
    os.close(terminal)
    os.waitpid(child, 0)
    assert "--end--" in said, f"zsh did not answer: {said}"
    return [found.rstrip("=") for found in said.splitlines() if found != "--end--"]


ASK = {"bash": ask_bash, "fish": ask_fish, "zsh": ask_zsh}


def differences(line, found, wanted):
    if sorted(set(found)) != sorted(wanted):
        yield f"errata {line!r}: {sorted(set(found))}, not {sorted(wanted)}"


def cases(shell):
    yield from CASES.items()
    yield EQUALS[shell]
    yield "list --where sta", TERMS[shell]
    if shell == "bash":
        yield "list --where 'sta", TERMS[shell]
    for command in told.commands():
        options = told.options(command)
        yield f"{command} --", [f"--{name}" for name in options]
        if options.get("format"):
            yield f"{command} --format ", options["format"]


def test_shell(shell):
    script = COMPLETIONS / SHELLS[shell]
    with tempfile.TemporaryDirectory(prefix="errata-completions-") as name:
        folder = pathlib.Path(name) / "here"
        folder.mkdir()
        (folder / "loans.ndjson").touch()
        for line, wanted in cases(shell):
            yield from differences(line, ASK[shell](script, folder, line), wanted)


def main():
    if not COMPLETIONS.exists():
        print("1..0 # SKIP errata was built without the manual")
        return 0
    tap = told.Tap()
    for shell in SHELLS:
        if shutil.which(shell):
            tap.test(shell, test_shell(shell))
        else:
            tap.skip(shell, f"{shell} is not here")
    return tap.end()


sys.exit(main())
