"""What one worker keeps in memory."""

from pathlib import Path

from harness.people import new_person
from measures.throughput import rate
from report import Goal, Row
from servers import one_worker

REQUESTS = 10_000
LIMIT = Goal(8.0, "≤ 8 MB")


def measure(directory: Path) -> list[Row]:
    """A fresh worker after its first page, after 10,000 of them, and after sign-ups and sign-ins."""
    with one_worker(directory / "memory") as site:
        worker = int((site.run / "account.pids").read_text())
        idle = resident(worker)
        own = anonymous(worker)
        answered = 0
        while answered < REQUESTS:
            answered += int(rate(site.port, "/account/sign-in", ""))
        busy = resident(worker)
        for _ in range(3):
            new_person(site)
        hashed = resident(worker)
    return [
        Row("memory of a worker, idle", text(idle), goal=LIMIT, judged=idle),
        Row("memory of a worker, idle: what no other can share", text(own)),
        Row(f"memory of a worker after {REQUESTS:,} pages", text(busy)),
        Row("memory of a worker after sign-ups and sign-ins", text(hashed)),
    ]


def resident(process: int) -> float:
    """Megabytes (10⁶ bytes) that are in memory, shared pages of the program's file included."""
    return megabytes(Path(f"/proc/{process}/status"), "VmRSS")


def anonymous(process: int) -> float:
    """Megabytes of what was written since the start, and so is no page of a file."""
    return megabytes(Path(f"/proc/{process}/smaps_rollup"), "Anonymous")


def megabytes(table: Path, wanted: str) -> float:
    for line in table.read_text().splitlines():
        name, _, value = line.partition(":")
        if name == wanted:
            return int(value.split()[0]) * 1024 / 1e6
    raise RuntimeError(f"{table} has no {wanted}: the worker has ended")


def text(megabytes: float) -> str:
    return f"{megabytes:.1f} MB"
