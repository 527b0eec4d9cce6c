"""What was measured, as a table."""

import platform
import re
import statistics
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results.md"


@dataclass(frozen=True)
class Goal:
    """What a figure, or its ratio to the peer's, should be."""

    limit: float
    text: str
    at_least: bool = False

    def is_met(self, figure: float) -> bool:
        return figure >= self.limit if self.at_least else figure <= self.limit


def at_most(ratio: float) -> Goal:
    return Goal(ratio, f"≤ {ratio:g} ×")


def at_least(ratio: float) -> Goal:
    return Goal(ratio, f"≥ {ratio:g} ×", at_least=True)


@dataclass(frozen=True)
class Row:
    """One figure of ours beside one of a peer's.

    `judged` is what the goal is about: the ratio, unless it is ours alone.
    """

    what: str
    ours: str
    peer: str = ""
    theirs: str = ""
    ratio: float | None = None
    goal: Goal | None = None
    judged: float | None = None

    @property
    def cells(self) -> list[str]:
        figure = self.ratio if self.judged is None else self.judged
        met = "" if self.goal is None else "met" if self.goal.is_met(figure) else "**missed**"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} ×"
        return [self.what, self.ours, self.peer, self.theirs, ratio, self.goal.text if self.goal else "", met]


HEADINGS = ["what", "ours", "peer", "peer’s", "ratio", "goal", ""]


def table(rows: list[Row]) -> str:
    """The rows in Markdown, aligned, so that it is as readable on a terminal."""
    lines = [HEADINGS, *(row.cells for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    lines.insert(1, ["-" * width for width in widths])
    return "".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |\n" for line in lines)


def machine() -> str:
    """The processor and the system, in one sentence."""
    model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    cores = len(re.findall(r"^processor\b", Path("/proc/cpuinfo").read_text(), re.MULTILINE))
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    kernel = ".".join(platform.release().split(".")[:2])
    return f"{model[1] if model else platform.machine()}, {cores} cores, {system}, Linux {kernel}"


def today() -> str:
    return datetime.now(timezone.utc).date().isoformat()


def median_ratio(ours: list[float], theirs: list[float]) -> float:
    """The median of the ratios of each round, for a machine that is not equally fast in all of them."""
    return statistics.median(own / other for own, other in zip(ours, theirs))


def document(title: str, rows: list[Row], notes: list[str]) -> str:
    """A part of the page that is kept in the repository."""
    return (
        f"# {title}\n\n"
        f"Written by `make bench` on {today()}: {machine()}.\n"
        "Ours and the peer’s take turns; figures are medians, ratios are medians of the ratios of each turn.\n\n"
        f"{table(rows)}\n" + "".join(f"- {note}\n" for note in notes))


def keep(name: str, text: str) -> None:
    """Puts what one benchmark found into results.md, in place of what it found before."""
    start, end = f"<!-- {name} -->\n", f"<!-- End of {name}. -->\n"
    before, _, rest = RESULTS.read_text().partition(start)
    RESULTS.write_text(before + start + text + end + rest.partition(end)[2])
