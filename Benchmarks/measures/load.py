"""Many visitors at once for a minute: whether all are answered, and whether the workers grow."""

import re
import subprocess
from pathlib import Path

from harness.people import SESSION, new_person
from harness.site import Site
from measures.memory import resident, text
from report import Goal, Row

CONNECTIONS = 64
SECONDS = 60
NONE = Goal(0, "none")


def measure(directory: Path) -> list[Row]:
    """The sign-in page and a page behind the gate, with two workers."""
    with Site(directory / "load", {}) as site:
        cookie = f"{SESSION}={new_person(site).visitor.cookies[SESSION]}"
        return [*load(site, "sign-in page", "/account/sign-in", ""),
                *load(site, "page behind the gate", "/members/", cookie)]


def load(site: Site, what: str, path: str, cookie: str) -> list[Row]:
    workers = [int(process) for process in (site.run / "account.pids").read_text().split()]
    before = max(map(resident, workers))
    said = subprocess.run(
        ["wrk", "--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{SECONDS}s", "--timeout", "10s",
         "--header", f"Cookie: {cookie}", f"http://127.0.0.1:{site.port}{path}"],
        capture_output=True, text=True, check=True).stdout
    answered = int(re.search(r"(\d+) requests in", said)[1])
    failed = sum(map(int, re.findall(r"(?:connect|read|write|timeout|responses:) (\d+)", said)))
    after = max(map(resident, workers))
    where = f"{what}, {CONNECTIONS} connections for {SECONDS} s"
    return [
        Row(f"{where}: answered", f"{answered:,}"),
        Row(f"{where}: not answered as they should", f"{failed:,}", goal=NONE, judged=failed),
        Row(f"{where}: memory of a worker, before and after", f"{text(before)}, {text(after)}"),
    ]
