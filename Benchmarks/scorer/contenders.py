"""The scorer and its peers, each as a program that times one estimate after another."""

import os
import select
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
TIMERS = Path(__file__).resolve().parent / "timers"
PYTHON = ROOT / ".tools" / "bench" / "bin" / "python"
LIBRARY = ROOT / "library"


@dataclass(frozen=True)
class Answer:
    seconds: float
    score: int
    log10_guesses: float


@dataclass(frozen=True)
class Contender:
    """Something that estimates passwords."""

    name: str
    command: list[str | Path]
    #: What has to be installed for it.
    files: list[Path]
    #: How often each password is timed; the fastest counts.
    rounds: int

    @property
    def size(self) -> float:
        """Megabytes (10⁶ bytes)."""
        return sum(file.stat().st_size for path in self.files for file in ([path] if path.is_file() else path.rglob("*"))
                   if file.is_file() and file.suffix != ".pyc") / 1e6

    def start_up(self) -> float:
        """Seconds from the start of the program to its first answer."""
        times = []
        for _ in range(15):
            began = time.perf_counter()
            with Timer(self) as timer:
                timer.ask("zxcvbn")
                times.append(time.perf_counter() - began)
        return median(times)


class Timer:
    """A running contender."""

    def __init__(self, contender: Contender):
        self._process = subprocess.Popen(
            contender.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
            env={**os.environ, "LD_LIBRARY_PATH": ""})

    def __enter__(self) -> "Timer":
        return self

    def __exit__(self, *_) -> None:
        self._process.kill()
        self._process.communicate()

    def ask(self, password: str, within: float = 60) -> Answer | None:
        """The answer to one password; nothing if it takes longer, or the contender dies of it."""
        self._process.stdin.write(password.encode() + b"\n")
        if not select.select([self._process.stdout], [], [], within)[0]:
            return None
        line = self._process.stdout.readline()
        if not line:
            return None
        nanoseconds, score, log10_guesses = line.split()
        return Answer(int(nanoseconds) / 1e9, int(score), float(log10_guesses))

    @property
    def peak(self) -> float:
        """The most megabytes that were in memory."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6


def contenders(directory: Path) -> list[Contender]:
    """This one first, then every peer that is installed."""
    own = LIBRARY / "lib" / "libzxcvbn.so"
    found = [Contender(
        "this one", [compiled(directory / "own", f"-I{LIBRARY / 'include'}", str(own), f"-Wl,-rpath,{own.parent}")],
        [own.resolve()], 5)]
    port = next(Path("/usr/lib").glob("*/libzxcvbn.so.0"), None)
    if port:
        found.append(Contender(
            "C (Debian `libzxcvbn0`)", [compiled(directory / "port", "-DPEER", str(port), "-lm")], [port.resolve()], 5))
    for name, module, rounds in (("Rust (PyPI `zxcvbn-rs-py`)", "zxcvbn_rs_py", 3), ("Python (PyPI `zxcvbn`)", "zxcvbn", 1)):
        if (path := package(module)):
            found.append(Contender(name, [PYTHON, TIMERS / "timer.py", module], [path], rounds))
    # A package for Django carries the original's own file.
    original = package("zxcvbn_password/static/zxcvbn_password/js/zxcvbn.js")
    if original and (node := which("node")):
        found.append(Contender("Node (the original)", [node, TIMERS / "timer.js", original], [original], 1))
    return found


def compiled(target: Path, *arguments: str) -> Path:
    subprocess.run(["gcc", "-O2", "-Wall", "-Wextra", TIMERS / "timer.c", "-o", target, *arguments, "-lm"], check=True)
    return target


def package(path: str) -> Path | None:
    """A path in the benchmarks' Python packages."""
    return next((PYTHON.parents[1] / "lib").glob(f"python3*/site-packages/{path}"), None)


def which(name: str) -> str | None:
    return next((str(path) for folder in os.get_exec_path() if (path := Path(folder, name)).is_file()), None)
