"""A sign-in beside the one thing that should take time in it: scrypt."""

import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from harness.people import Person
from harness.site import Site
from harness.visitor import Answer
from peers import compiled
from report import Row, at_most, median_ratio

ROUNDS = 25


def measure(site: Site, person: Person, directory: Path) -> list[Row]:
    """A right password through nginx, FastCGI and the store, beside one scrypt of the same cost."""
    cost = scrypt_cost(site)
    scrypt = subprocess.Popen(
        [compiled("scrypt", directory, libraries=("crypto",)), *map(str, cost)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
    with scrypt:
        sign_in_time(site, person), scrypt_time(scrypt)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(sign_in_time(site, person))
            theirs.append(scrypt_time(scrypt))
        scrypt.stdin.close()
    n, r, p = cost
    return [
        Row("sign-in with the right password", f"{median(ours):.1f} ms", f"bare scrypt, N={n} r={r} p={p}",
            f"{median(theirs):.1f} ms", median_ratio(ours, theirs), at_most(1.05))]


def scrypt_cost(site: Site) -> tuple[int, int, int]:
    """The cost at which the one account's password was hashed."""
    account = next(site.data.glob("accounts/*/*/account")).read_text()
    n, r, p = re.search(r"\bln=(\d+),r=(\d+),p=(\d+)\b", account).groups()
    return 1 << int(n), int(r), int(p)


def sign_in_time(site: Site, person: Person) -> float:
    """Milliseconds from the sent form to the answer, in a browser that has just opened the page."""
    browser = site.visitor()
    browser.get("/account/sign-in")
    form = {"email": person.address, "password": person.password}
    return milliseconds(lambda: browser.post("/account/sign-in", form), 303)


def milliseconds(ask: Callable[[], Answer], status: int) -> float:
    """How long an answer takes, which must have a status."""
    start = time.perf_counter()
    answer = ask()
    took = (time.perf_counter() - start) * 1000
    assert answer.status == status, answer.status
    return took


def scrypt_time(scrypt: subprocess.Popen) -> float:
    scrypt.stdin.write("\n")
    return int(scrypt.stdout.readline()) / 1e6
