"""Plain CGI: from the start of the program until its answer is whole and it has ended."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from harness.site import program
from peers import CGIText, compiled, php_page
from report import Row, at_most, median_ratio

ROUNDS = 15
STARTS = 40
PHP_STARTS = 4


@dataclass
class Times:
    """How long one program took, in microseconds: a median for each round."""

    waited: list[float]
    worked: list[float]

    def text(self, figures: list[float]) -> str:
        return f"{median(figures) / 1000:.2f} ms"


def measure(data: Path, directory: Path, cookie: str) -> list[Row]:
    """`account` as CGI beside the same answers from static C and from php-cgi."""
    starter = compiled("start", directory)
    rows = []
    for what, path, cookies in (
        ("CGI, sign-in page", "/account/sign-in", None),
        ("CGI, session check", "/account/check", cookie),
    ):
        environment = meta_variables(path, cookies) | {"POSTERN_DATA": str(data)}
        answer = CGIText(output(program("account"), environment))
        name = path.rpartition("/")[2]
        minimal = compiled(f"cgi-{name}", directory, answer)
        page = php_page(f"cgi-{name}", directory, answer)
        php = environment | {"SCRIPT_FILENAME": str(page), "REDIRECT_STATUS": "1"}
        assert output(minimal, environment) == answer.source
        assert CGIText(output(Path("/usr/bin/php-cgi"), php)).says_what(answer)

        ours, theirs, phps = Times([], []), Times([], []), Times([], [])
        for _ in range(ROUNDS):
            add_round(ours, starter, STARTS, program("account"), environment)
            add_round(theirs, starter, STARTS, minimal, environment)
            add_round(phps, starter, PHP_STARTS, Path("/usr/bin/php-cgi"), php)
        rows += [
            Row(f"{what}: start to page", ours.text(ours.waited), "static C", theirs.text(theirs.waited),
                median_ratio(ours.waited, theirs.waited), at_most(2)),
            Row(f"{what}: start to page", ours.text(ours.waited), "php-cgi", phps.text(phps.waited),
                median_ratio(ours.waited, phps.waited)),
            Row(f"{what}: processor time", ours.text(ours.worked), "static C", theirs.text(theirs.worked),
                median_ratio(ours.worked, theirs.worked)),
        ]
    return rows


def meta_variables(path: str, cookie: str | None) -> dict[str, str]:
    """What a web server puts into the environment."""
    cookies = {"HTTP_COOKIE": cookie} if cookie else {}
    return {
        "PATH": os.environ["PATH"], "GATEWAY_INTERFACE": "CGI/1.1", "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_SOFTWARE": "bench", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1", "REQUEST_METHOD": "GET", "REQUEST_URI": path, "SCRIPT_NAME": "/account",
        "PATH_INFO": path.removeprefix("/account"), "QUERY_STRING": "", **cookies}


def output(program: Path, environment: dict[str, str]) -> bytes:
    return subprocess.run(
        [program], env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True).stdout


def add_round(times: Times, starter: Path, starts: int, program: Path, environment: dict[str, str]) -> None:
    lines = subprocess.run(
        [starter, str(starts), program], env=environment, capture_output=True, check=True).stdout.splitlines()
    assert len(lines) == starts
    waited, worked, _ = zip(*(map(int, line.split()) for line in lines))
    times.waited.append(median(waited) / 1000)
    times.worked.append(median(worked))
