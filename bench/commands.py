"""Commands that run in turns: what each took, and what that comes to over all rounds."""
import os
import statistics
import subprocess
import tempfile
from typing import NamedTuple


class Run(NamedTuple):
    """What one run of a command took: seconds by the clock and of processors, and its peak memory in bytes."""
    seconds: float
    cpu: float
    peak: int


class Spread(NamedTuple):
    least: float
    median: float
    most: float

    @classmethod
    def of(cls, values):
        values = list(values)
        return cls(min(values), statistics.median(values), max(values))

    def show(self, decimals):
        return f"{self.median:.{decimals}f} ({self.least:.{decimals}f} to {self.most:.{decimals}f})"


class Failed(Exception):
    """A command ended with another status than 0."""


def run(once, command, environment=None):
    """Runs a command by errata-bench-once, whose path is `once`. Returns the Run and what the command printed."""
    with tempfile.TemporaryDirectory() as folder:
        figures, output = os.path.join(folder, "figures"), os.path.join(folder, "output")
        with open(output, "wb") as stream:
            outcome = subprocess.run([once, figures, *command], stdout=stream, stdin=subprocess.DEVNULL, check=False,
                                     env={**os.environ, **(environment or {})})
        if outcome.returncode != 0:
            raise Failed(f"{' '.join(command)} ended with status {outcome.returncode}")
        with open(figures, encoding="ascii") as stream:
            seconds, cpu, peak = stream.read().split()
        with open(output, encoding="utf-8") as stream:
            return Run(float(seconds), float(cpu), int(peak)), stream.read()


def in_turns(once, commands, rounds):
    """Runs each of {name: (command, environment)} once a round, another one first each time: {name: [Run]}."""
    names = list(commands)
    runs = {name: [] for name in names}
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            command, environment = commands[name]
            runs[name].append(run(once, command, environment)[0])
    return runs


def ratios(slow, fast):
    """How many times as fast `fast` is as `slow`, within each round."""
    return Spread.of(one.seconds / other.seconds for one, other in zip(slow, fast))


def payload(build, shape, size):
    """The path of a payload of `size` bytes, such as 100M, made by the build in the folder `build` when there is none."""
    generator = os.path.join(build, "bench", "errata-bench-gen")
    folder = os.path.join(build, "bench-data")
    path = os.path.join(folder, f"commands-{shape}-{size}.json")
    os.makedirs(folder, exist_ok=True)
    if not os.path.exists(path) or os.path.getmtime(path) <= os.path.getmtime(generator):
        with open(path + ".part", "wb") as stream:
            subprocess.run([generator, shape, size], stdout=stream, check=True)
        os.rename(path + ".part", path)
    # The first reading is the disk's.
    with open(path, "rb") as stream:
        while stream.read(1 << 20):
            pass
    return path
