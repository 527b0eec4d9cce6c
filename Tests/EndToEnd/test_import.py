"""Users of other programs, and their passwords: lines S2, S3, S9, S10, P28, A16 and D6."""

import json
import re
import statistics
import subprocess
import time
from itertools import cycle
from pathlib import Path

import pytest
from harness.operator import Operator
from harness.people import OTHER_PASSWORD, PASSWORD, THIRD_PASSWORD, press, sign_in
from harness.site import Site
from harness.statistics import mann_whitney

TABLES = Path(__file__).parent / "tables"
QUOTED = "it's \"so\" \\ easy"


def imported(site, table: Path, *options: str) -> subprocess.CompletedProcess:
    return site.operator("accounts", "import", *options, str(table))


def counts(run: subprocess.CompletedProcess) -> list[int]:
    """How many users were added, were there, and were refused."""
    return [int(number) for number in re.findall(r": (\d+)\n", run.stdout)]


def kept(site, address: str) -> str:
    """What the account's file keeps of the password."""
    for path in (site.data / "accounts").rglob("account"):
        if f"\nemail {address}\n" in (text := path.read_text()):
            return next((line for line in text.splitlines() if line.startswith("password ")), "")
    raise AssertionError(f"nobody has {address}")


def listed(site) -> dict[str, dict]:
    """What is said of each account, by its address."""
    lines = site.operator("accounts", "list", "--json").stdout.splitlines()
    return {account["address"]: account for account in map(json.loads, lines)}


@pytest.fixture(scope="module")
def moved(site):
    """A site to which the users of WordPress and htpasswd were moved."""
    wordpress = imported(site, TABLES / "wordpress.tsv", "--form", "csv")
    assert (wordpress.returncode, wordpress.stderr, counts(wordpress)) == (0, "", [3, 0, 0])
    htpasswd = imported(site, TABLES / "members.htpasswd", "--form", "htpasswd", "--domain", "example.net")
    assert (htpasswd.returncode, counts(htpasswd)) == (65, [4, 0, 1])
    assert htpasswd.stderr == (
        f"postern: error: {TABLES}/members.htpasswd:5: the hash is of no kind that is known here\n")
    return site


@pytest.fixture(scope="module")
def django(tmp_path_factory):
    """A site to which the users of Django were moved, whose hashes take half a second."""
    with Site(tmp_path_factory.mktemp("django")) as site:
        moved = imported(site, TABLES / "django.csv", "--form", "csv")
        assert (moved.returncode, moved.stderr, counts(moved)) == (0, "", [4, 0, 0])
        yield site


def sign_in_with_the_old_password(site, address: str, password: str) -> None:
    assert kept(site, address).startswith("password $imported$v1.")
    assert sign_in(site.visitor(), address, password[:-1]).status == 422
    assert kept(site, address).startswith("password $imported$v1."), "a wrong password changes nothing"
    assert sign_in(site.visitor(), address, password).status == 303
    assert kept(site, address).startswith("password $scrypt$ln=10,")
    assert sign_in(site.visitor(), address, password).status == 303


@pytest.mark.parametrize("address, password", [
    ("admin@wordpress.example", OTHER_PASSWORD), ("rowan@wordpress.example", PASSWORD),
    ("hazel@wordpress.example", QUOTED), ("rowan@example.net", PASSWORD), ("hazel@example.net", PASSWORD),
    ("alder@example.net", PASSWORD), ("maple@example.net", PASSWORD),
])
def test_D6_the_old_password_signs_in_and_its_hash_makes_way_for_ours(moved, address, password):
    sign_in_with_the_old_password(moved, address, password)


@pytest.mark.parametrize("address, password", [
    ("rowan@django.example", PASSWORD), ("maple@django.example", THIRD_PASSWORD)])
def test_D6_the_old_password_of_Django_signs_in(django, address, password):
    sign_in_with_the_old_password(django, address, password)


def test_S10_no_file_has_a_hash_that_another_program_made(moved, tmp_path):
    operator = Operator(tmp_path)
    operator.init()
    tables = {"wordpress.tsv": "csv", "django.csv": "csv", "members.htpasswd": "htpasswd"}
    secrets = set()
    for table, form in tables.items():
        operator.run("accounts", "import", "--form", form, "--domain", "example.net", str(TABLES / table))
        secrets |= set(re.findall(r"[A-Za-z0-9./+]{20,}", (TABLES / table).read_text()))
    files = [path.read_text() for path in operator.data.rglob("*") if path.is_file()]
    assert len(secrets) > 9 and sum("$imported$" in file for file in files) == 10
    assert not [secret for secret in secrets for file in files if secret in file]


def test_what_else_WordPress_said_is_kept(moved):
    found = listed(moved)
    assert found["rowan@wordpress.example"]["name"] == 'Rowan "Row" Ash'
    assert found["hazel@wordpress.example"]["name"] == "Hazel Müller"
    table = (TABLES / "wordpress.tsv").read_text()
    for address in ("rowan@wordpress.example", "hazel@wordpress.example"):
        registered = next(line for line in table.splitlines() if address in line).split("\t")[6]
        assert found[address]["created"] == registered.replace(" ", "T") + "Z"


def test_S44_who_was_inactive_in_Django_stays_out(django):
    assert listed(django)["hazel@django.example"]["disabled"]
    assert sign_in(django.visitor(), "hazel@django.example", OTHER_PASSWORD).status == 422
    assert " auth result=disabled " in django.log.splitlines()[-1]


def test_who_had_no_password_in_Django_chooses_one_by_mail(django):
    assert listed(django)["rowan@django.example"]["name"] == "Rowan Ash"
    assert listed(django)["alder@django.example"]["hash_kind"] is None
    visitor = django.visitor()
    visitor.fill("/account/reset", {"email": "alder@django.example"})
    assert press(visitor, django.mailbox.next("alder@django.example").link, {"new-password": PASSWORD}).status == 303
    assert sign_in(visitor, "alder@django.example", PASSWORD).status == 303


def test_running_it_again_changes_nothing(moved):
    files = {path: path.read_text() for path in (moved.data / "accounts").rglob("account")}
    again = imported(moved, TABLES / "wordpress.tsv", "--form", "csv")
    assert (again.returncode, counts(again)) == (0, [0, 3, 0])
    assert {path: path.read_text() for path in (moved.data / "accounts").rglob("account")} == files


def test_S63_a_move_is_in_the_log(moved):
    assert " operator act=imported accounts=3\n" in moved.log


def test_a_dry_run_says_what_would_be_done_and_does_nothing(tmp_path):
    operator = Operator(tmp_path)
    operator.init()
    before = sorted(operator.data.rglob("*"))
    dry = operator.run("accounts", "import", "--form", "htpasswd", "--dry-run", "--domain", "example.net", str(TABLES / "members.htpasswd"))
    assert (dry.returncode, counts(dry)) == (65, [4, 0, 1])
    assert dry.stdout.startswith("accounts to be added: 4\n")
    assert sorted(operator.data.rglob("*")) == before


def test_an_address_that_stands_twice_in_a_table_counts_once_in_a_dry_run_too(tmp_path):
    operator = Operator(tmp_path)
    operator.init()
    table = tmp_path / "table"
    table.write_text('{"address":"ada@example.org"}\n{"address":"rowan@example.org"}\n{"address":"ADA@Example.org"}\n')
    for dry in (["--dry-run"], []):
        run = operator.run("accounts", "import", "--form", "jsonl", *dry, str(table))
        assert (run.returncode, counts(run)) == (0, [2, 1, 0])


@pytest.mark.parametrize("form, content, code, complaint", [
    ("csv", None, 66, "No such file or directory"), ("csv", "", 65, ":1: it is empty"),
    ("jsonl", '{"address":"ada@example.org","hash":"hunter2"}\n', 65, ":1: the hash is of no kind that is known here"),
    ("jsonl", '\n{"address":"ada@example.org","hash":"$2y$20$' + "a" * 53 + '"}\n', 65,
     ":2: the hash takes more than 2 seconds or 144 MiB to verify"),
])
def test_S63_what_cannot_be_read_is_said_with_its_line_and_without_its_secret(tmp_path, form, content, code, complaint):
    operator = Operator(tmp_path)
    operator.init()
    table = tmp_path / "table"
    if content is not None:
        table.write_text(content)
    run = operator.run("accounts", "import", "--form", form, str(table))
    assert run.returncode == code
    assert run.stderr.startswith(f"postern: error: {table}{'' if complaint[0] == ':' else ': '}{complaint}\n")
    assert "hunter2" not in run.stderr + run.stdout and "$2y$" not in run.stderr


def test_htpasswd_reads_what_is_exported_for_it(tmp_path):
    operator = Operator(tmp_path)
    operator.init()
    members = tmp_path / "members"
    subprocess.run(["htpasswd", "-cbB", members, "ada@example.org", PASSWORD], check=True, stderr=subprocess.DEVNULL)
    assert counts(operator.run("accounts", "import", "--form", "htpasswd", str(members))) == [1, 0, 0]
    assert counts(operator.run("accounts", "import", "--form", "csv", str(TABLES / "django.csv"))) == [4, 0, 0]
    exported = operator.run("accounts", "export", "--form", "htpasswd", "--output", str(tmp_path / "exported"))
    assert (exported.returncode, exported.stderr) == (0, "")
    assert exported.stdout == "accounts written: 1\naccounts left out: 4\n"
    assert (tmp_path / "exported").read_text() == members.read_text()
    assert (tmp_path / "exported").stat().st_mode & 0o777 == 0o600
    for password, code in ((PASSWORD, 0), (OTHER_PASSWORD, 3)):
        asked = subprocess.run(
            ["htpasswd", "-vb", tmp_path / "exported", "ada@example.org", password], stderr=subprocess.DEVNULL)
        assert asked.returncode == code


# Many


def peak_memory(operator: Operator, *arguments: str) -> int:
    """The most memory that a command took, in KiB."""
    timed = subprocess.run(
        ["/usr/bin/python3", "-c", "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, "
         "stdout=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)",
         *operator.command(*arguments)], capture_output=True, text=True, check=True, env=operator.environment)
    return int(timed.stdout)


def test_a_killed_import_goes_on_where_it_was_and_takes_no_more_memory_for_more(tmp_path):
    operator = Operator(tmp_path)
    operator.init()
    table = tmp_path / "table.jsonl"
    hash = "{SHA}chYscyA6Iiq1rZsVoesdhzMvNvM="

    def write(count: int) -> None:
        table.write_text("".join(
            json.dumps({"address": f"person{n}@example.org", "hash": hash, "name": "x" * 90}) + "\n" for n in range(count)))

    write(20)
    peaks = {"import": peak_memory(operator, "accounts", "import", "--form", "jsonl", str(table)),
             "list": peak_memory(operator, "accounts", "list", "--json")}
    write(600)
    process = operator.start("accounts", "import", "--form", "jsonl", str(table))
    accounts = operator.data / "accounts"
    while sum(1 for _ in accounts.rglob("account")) < 100:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    before = sum(1 for _ in accounts.rglob("account"))
    assert 100 <= before < 600
    assert peak_memory(operator, "accounts", "import", "--form", "jsonl", str(table)) < peaks["import"] + 4096
    assert counts(operator.run("accounts", "import", "--form", "jsonl", str(table))) == [0, 600, 0]
    assert len(operator.run("accounts", "list").stdout.splitlines()) == 600
    assert peak_memory(operator, "accounts", "list", "--json") < peaks["list"] + 4096
    assert operator.run("doctor").stdout == ""


# Time


@pytest.fixture(scope="module")
def slow_site(tmp_path_factory):
    """A site with hashes that take their time, some of which bcrypt made."""
    site = Site(tmp_path_factory.mktemp("slow"), {"scrypt": "ln=14,r=8,p=1"})
    table = site.data.parent / "members"
    bcrypt = (TABLES / "members.htpasswd").read_text().splitlines()[0].partition(":")[2].replace("$05$", "$10$")
    table.write_text("".join(f"moved{n}@example.net:{bcrypt}\n" for n in range(8)))
    assert counts(imported(site, table, "--form", "htpasswd")) == [8, 0, 0]
    with site:
        yield site


@pytest.mark.alone
def test_A16_an_imported_hash_does_not_tell_by_its_time(slow_site):
    known, unknown = [], []
    for round, address in zip(range(24), cycle(f"moved{n}@example.net" for n in range(8))):
        pairs = [(known, address), (unknown, f"nobody{round}@example.net")]
        for times, address in pairs if round % 2 else reversed(pairs):
            visitor = slow_site.visitor()
            visitor.get("/account/sign-in")
            begin = time.perf_counter()
            assert visitor.post("/account/sign-in", {"email": address, "password": "wrong"}).status in (422, 429)
            times.append(time.perf_counter() - begin)
    assert statistics.median(unknown) > 0.05, "the decoy is verified, too"
    difference = abs(statistics.median(known) - statistics.median(unknown))
    assert difference < 0.005 or mann_whitney(known, unknown) > 0.001, (statistics.median(known), statistics.median(unknown))
