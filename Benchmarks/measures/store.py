"""The store: whether a sign-in or a session check costs more where there are more accounts."""

import os
import secrets
from base64 import urlsafe_b64encode
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from harness.people import Person, new_person
from measures.sign_in import milliseconds, sign_in_time
from report import Row, at_most, median_ratio
from servers import one_worker

SIZES = (100, 10_000)
FULL_SIZES = (*SIZES, 1_000_000)
PEOPLE = 12
ROUNDS = 60
# A hash of the usual cost would hide what the store does.
CHEAP_HASH = {"scrypt": "ln=10,r=8,p=1"}


def measure(directory: Path, full: bool) -> list[Row]:
    """A site of each size, side by side; their people sign in in turns."""
    sizes = FULL_SIZES if full else SIZES
    with ExitStack() as running:
        sites = []
        for size in sizes:
            site = running.enter_context(one_worker(directory / f"store-{size}", CHEAP_HASH))
            people = [new_person(site) for _ in range(PEOPLE)]
            populate(site.data, size - PEOPLE)
            sites.append((site, people))
        sign_ins: list[list[float]] = [[] for _ in sizes]
        checks: list[list[float]] = [[] for _ in sizes]
        for turn in range(ROUNDS):
            for index, (site, people) in enumerate(sites):
                person = people[turn % PEOPLE]
                sign_ins[index].append(sign_in_time(site, person))
                checks[index].append(check_time(person))
    return [
        Row(f"{what} among {size:,} accounts", f"{median(times):.2f} ms", f"among {sizes[0]}",
            f"{median(figures[0]):.2f} ms", median_ratio(times, figures[0]), at_most(1.1))
        for what, figures in (("sign-in with a cheap hash", sign_ins), ("session check", checks))
        for size, times in list(zip(sizes, figures))[1:]
    ]


def check_time(person: Person) -> float:
    return milliseconds(lambda: person.visitor.get("/account/check"), 204)


def populate(data: Path, count: int) -> None:
    """Puts so many copies of one account beside it, each under a name and an address of its own."""
    claim = next(data.glob("addresses/*/*"))
    account = next(data.glob("accounts/*/*/account")).parent
    files = {file.name: file.read_bytes() for file in account.iterdir() if file.is_file()}
    old_id = account.name.encode()
    claim_text = claim.read_bytes().replace(account_named_in(claim), b"%s")
    for _ in range(count):
        random = secrets.token_bytes(16)
        new_id = urlsafe_b64encode(random).rstrip(b"=")
        home = f"{data}/accounts/{random[0]:02x}/{new_id.decode()}"
        os.mkdir(home, 0o700)
        for name, text in files.items():
            write(f"{home}/{name}", text.replace(old_id, new_id))
        tag = secrets.token_bytes(32)
        write(f"{data}/addresses/{tag[0]:02x}/{tag.hex()}", claim_text % new_id)


def account_named_in(claim: Path) -> bytes:
    return next(line.split()[1] for line in claim.read_bytes().splitlines() if line.startswith(b"account "))


def write(path: str, text: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.write(descriptor, text)
    os.close(descriptor)
