#!/usr/bin/python3
"""Writes scripts/functions: what `account` runs at a start and for the pages that are asked for most.

The linker puts these functions together (`static_build` in scripts/common.sh), so that a start reads little of the
program's file, and a worker keeps little of it in memory. A name that is no more is passed over, so the list is
written again only now and then. Takes `account` from where `scripts/build` left it.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "Tests" / "EndToEnd"))

from harness import fastcgi as wire  # noqa: E402
from harness.people import SESSION, new_person  # noqa: E402
from harness.site import QUICK, ROOT, program  # noqa: E402
from measures.start import meta_variables, output  # noqa: E402
from servers import Started, one_worker, wait_for  # noqa: E402

LIST = ROOT / "scripts" / "functions"
HEADING = "# Written by Benchmarks/order.py: the functions that come first in a program, as the linker knows them.\n"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="postern-order-") as name:
        directory = Path(name)
        # Valgrind itself could do nothing in the sandbox.
        with one_worker(directory / "site", QUICK | {"sandbox": "off"}) as site:
            cookie = f"{SESSION}={new_person(site).visitor.cookies[SESSION]}"
        requests = [("/account/sign-in", ""), ("/account/check", cookie)]
        recorder = directory / "account"
        recorder.write_text(
            f"#!/bin/sh\nexec valgrind --quiet --tool=callgrind --demangle=no"
            f" --callgrind-out-file={directory}/calls.%p {program('account')}\n")
        recorder.chmod(0o700)

        os.environ["POSTERN_DATA"] = str(site.data)
        for path, cookies in requests:
            output(recorder, meta_variables(path, cookies) | {"POSTERN_DATA": str(site.data)})
        serve(recorder, directory / "socket", requests)
        called = dict.fromkeys(
            function for record in sorted(directory.glob("calls.*")) for function in functions(record.read_text()))
    LIST.write_text(HEADING + "".join(f"{function}\n" for function in called))


def serve(worker: Path, socket: Path, requests: list[tuple[str, str]]) -> None:
    """Has a FastCGI worker answer requests."""
    with Started() as started:
        process = started.start("spawn-fcgi", "-n", "-s", socket, "--", worker, stdout=subprocess.DEVNULL)
        wait_for(socket, process)
        for path, cookies in requests:
            wire.exchange(socket, wire.request(path, HTTP_COOKIE=cookies))


def functions(record: str) -> list[str]:
    """The functions in what callgrind recorded."""
    # Behind the name of a recursion stands its depth.
    return re.findall(r"^c?fn=\(\d+\) ([\w.$]+)", record, re.MULTILINE)


if __name__ == "__main__":
    main()
