#!/usr/bin/python3
"""Runs the program that is named and its peer in turns, prints one table, and keeps it in results.md.

Nothing fails because a goal is missed; the table says so.
"""

import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

sys.path.append(str(Path(__file__).resolve().parents[1]))

from peers import compiled  # noqa: E402
from report import Goal, Row, document, keep, median_ratio, table  # noqa: E402

ROUNDS = 21
NOTES = [
    "A code is held against those of three time steps; the first peer makes them with `SHA1_Update` alone, the second "
    "with `HMAC`. Neither compares anything.",
    "The picture is that of an `otpauth:` address of 98 characters at level M; what stands around the path in the page "
    "takes some 190 bytes more. The peer encodes, which is to try all eight masks, and draws nothing.",
]

Figures = dict[str, list[float]]


def main() -> None:
    ours: Figures = defaultdict(list)
    theirs: Figures = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="postern-bench-") as name:
        peer = compiled("factors", Path(name), libraries=("crypto", "qrcodegen"))
        for _ in range(ROUNDS):
            add_round(ours, Path(sys.argv[1]))
            add_round(theirs, peer)
    rows = compared(ours, theirs)
    keep("second factors", document("Second factors, measured", rows, NOTES))
    print(table(rows))


def add_round(figures: Figures, program: Path) -> None:
    for line in subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines():
        what, figure = line.split("\t")
        figures[what].append(float(figure))


def compared(ours: Figures, theirs: Figures) -> list[Row]:
    check, picture, size = (median(ours[what]) for what in ("check", "picture", "path"))
    rows = [
        Row("check of a code", f"{check / 1e3:.2f} µs", peer, f"{median(theirs[what]) / 1e3:.2f} µs",
            median_ratio(ours["check"], theirs[what]))
        for what, peer in (("hash", "three HMACs in C, on SHA-1"), ("hmac", "three HMACs by libcrypto"))]
    return [
        *rows,
        Row("QR code and its path", f"{picture / 1e6:.2f} ms", "QR code by libqrcodegen",
            f"{median(theirs['encode']) / 1e6:.2f} ms", median_ratio(ours["picture"], theirs["encode"]),
            Goal(1e6, "≤ 1 ms"), picture),
        Row("size of the path", f"{size:,.0f} bytes", goal=Goal(2800, "≤ 2,800 bytes"), judged=size),
    ]


if __name__ == "__main__":
    main()
