#!/usr/bin/python3
"""Measures the front door beside its peers, prints one table, and keeps it in results.md.

Nothing fails because a goal is missed; the table says so. With FULL=1, the store is also measured with
1,000,000 accounts, which take some minutes and 15 GB to make.
"""

import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "Tests" / "EndToEnd"))

from harness.people import SESSION, new_person  # noqa: E402
from measures import load, memory, sign_in, start, store, throughput  # noqa: E402
from report import document, keep, table  # noqa: E402
from servers import one_worker  # noqa: E402

NOTES = [
    "The peers give the same bytes that ours gave once, compiled into a program or written into a page; they read no "
    "templates, check no cookie and open no account.",
    "FastCGI: one worker each behind nginx as it is shipped, wrk with 8 connections on the same machine.",
    "The page behind the gate is a file that nginx hands out once the worker has said that it may; the peers say so of everybody.",
    "The memory of a worker is all that is resident, pages of the program's file and of the templates included, of which "
    "there is one copy for all workers.",
    "The store: one site of each size at the same time, whose people take turns; all others are copies of one account.",
    "A sign-in is timed from the sent form to the answer, through nginx, with everything that is written to disk.",
]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="postern-bench-") as name:
        directory = Path(name)
        with one_worker(directory / "site") as site:
            person = new_person(site)
            cookie = f"{SESSION}={person.visitor.cookies[SESSION]}"
            rows = start.measure(site.data, directory, cookie)
            rows += throughput.measure(site, person, directory)
            rows += sign_in.measure(site, person, directory)
        rows += memory.measure(directory)
        rows += load.measure(directory)
        rows += store.measure(directory, full=os.environ.get("FULL") == "1")
    keep("the front door", document("The front door, measured", rows, NOTES))
    print(table(rows))


if __name__ == "__main__":
    main()
