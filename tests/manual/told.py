"""What errata says of itself: its commands, and the options of each, from --help; and whether it has SQLite."""
import functools
import os
import re
import subprocess

PROGRAM = os.environ["ERRATA_PROGRAM"]


def help_of(*words):
    return subprocess.run([PROGRAM, *words, "--help"], capture_output=True, text=True, check=True).stdout


def commands():
    found = re.findall(r"^  ([a-z]+) +[A-Z]", help_of(), re.MULTILINE)
    assert len(found) >= 8, found
    return found


def options(command):
    """The names of a command's options, each with the words that it takes, such as {"sort": ["issues", ...]}."""
    said = help_of(command)
    # Examples name options, too.
    said = said[said.index("\n  -"):said.index("\nExamples:")]
    # So may the words about one, which stand behind two blanks at least.
    named = "\n".join(re.split(r"(?<=\S)  +", line.strip())[0] for line in said.splitlines()
                      if not line.startswith(" " * 20))
    found = {}
    for name, words in re.findall(r"--([a-z-]+)(?: ([a-z]+(?:\|[a-z]+)+))?", named):
        found[name] = words.split("|") if words else []
    assert "help" in found and len(found) >= 10, found
    return found


@functools.cache
def has_sqlite():
    """Help names the format in every build."""
    done = subprocess.run([PROGRAM, "list", "--format", "sqlite"], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          check=False)
    return "built without SQLite" not in done.stderr


class Tap:
    """Tests that are counted one by one."""

    def __init__(self):
        self.count = 0
        self.failed = False

    def test(self, name, complaints):
        complaints = list(complaints)
        self.count += 1
        self.failed = self.failed or bool(complaints)
        print(f"{'not ok' if complaints else 'ok'} {self.count} - {name}")
        for complaint in complaints:
            print(f"# {complaint}", flush=True)

    def skip(self, name, why):
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {why}")

    def end(self):
        print(f"1..{self.count}")
        return 1 if self.failed else 0
