"""`postern breached`: a filter of breached passwords, and what it says."""

import hashlib
import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from harness.breached import Filter
from harness.site import program
from harness.terminal import Terminal

POSTERN = program("postern")
COUNTS = [1, 9, 10, 99, 100, 4711, 99_999, 123_456, 9_999_999, 10_000_000, 4_000_000_000]


def breached(directory: Path, *arguments: str, input: bytes = b"") -> subprocess.CompletedProcess:
    return subprocess.run(
        [POSTERN, "breached", *arguments], cwd=directory, input=input, capture_output=True, timeout=120)


def build(directory: Path, *arguments: str) -> None:
    """Builds a filter of a list in which there is nothing to complain of."""
    built = breached(directory, "build", *arguments)
    assert (built.returncode, built.stdout, built.stderr) == (0, b"", b"")


def sha1(password: str) -> str:
    return hashlib.sha1(password.encode()).hexdigest().upper()


def lines(count: int) -> dict[str, int]:
    """Hashes in order, with their counts."""
    return dict(sorted((sha1(str(number)), COUNTS[number % len(COUNTS)]) for number in range(count)))


def text(hashes: dict[str, int]) -> str:
    return "".join(f"{hash}:{count}\n" for hash, count in hashes.items())


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A directory with a list and its filter."""
    directory = tmp_path_factory.mktemp("breached")
    (directory / "list").write_text(text({**lines(3000), sha1("hunter2"): 12_345, sha1("zxcvbn"): 1}))
    build(directory, "list", "--output", "filter")
    return directory


# build


@pytest.mark.parametrize("rate, bits", [("1/256", 8), ("1/8192", 13), ("1/131072", 17), ("1/16777216", 24)])
def test_builds_what_another_program_reads(tmp_path, rate, bits):
    hashes = lines(2000)
    (tmp_path / "list").write_text(text(hashes))
    build(tmp_path, "list", "--output", "filter", "--false-positives", rate, "--minimum-count", "9")
    filter = Filter(tmp_path / "filter")
    known = {hash: count for hash, count in hashes.items() if count >= 9}
    assert (filter.function, filter.fingerprint_bits, filter.least_count) == (1, bits, 9)
    assert filter.keys == len(known)
    for hash, count in known.items():
        assert filter.least_seen(bytes.fromhex(hash)) == min(10 ** (len(str(count)) - 1), 10 ** 7)

    others = [sha1(f"other {number}") for number in range(3000)]
    by_chance = sum(filter.least_seen(bytes.fromhex(hash)) is not None for hash in others)
    (tmp_path / "others").write_text("\n".join(others))
    audit = breached(tmp_path, "audit", "others", "--filter", "filter", "--json")
    assert json.loads(audit.stdout)["seen_at_least"]["9"] == by_chance
    assert (by_chance > 0) == (bits == 8)


def test_takes_a_directory_of_parts_and_says_which_are_missing(tmp_path):
    hashes = lines(50)
    (tmp_path / "list").write_text(text(hashes))
    build(tmp_path, "list", "--output", "whole")
    (tmp_path / "parts").mkdir()
    for hash, count in hashes.items():
        with (tmp_path / "parts" / f"{hash[:5]}.txt").open("a") as part:
            part.write(f"{hash[5:]}:{count}\r\n")
    built = breached(tmp_path, "build", "parts", "--output", "filter")
    assert built.returncode == 0
    assert built.stderr == b"postern: warning: parts: files missing of the 1,048,576 of a whole list: 1,048,526\n"
    assert (tmp_path / "filter").read_bytes() == (tmp_path / "whole").read_bytes()


def test_takes_passwords_and_counts_those_that_nobody_can_have(tmp_path):
    (tmp_path / "words").write_bytes("password\nzürich\n".encode() + b"z\xfcrich\n")
    built = breached(tmp_path, "build", "words", "--output", "filter")
    assert built.returncode == 0
    assert built.stderr == (
        b"postern: warning: words: lines left out that are not UTF-8, too long, or have a NUL: 1\n")
    asked = breached(tmp_path, "check", "--filter", "filter", input="password\nzürich\nZürich\n".encode())
    assert asked.stdout == b"1\tseen once or more\n2\tseen once or more\n3\tnot seen\n"


def test_says_on_a_terminal_how_far_it_is_and_what_it_made(site):
    with Terminal(POSTERN, "breached", "build", site / "list", "--output", site / "other") as terminal:
        seen = terminal.until(b" bytes")
        assert b"\rreading 100 %" in seen.replace(b"\x1b[K", b"")
        assert b"3,002 hashes by SHA-1, " in seen
        assert terminal.ended() == 0


@pytest.mark.parametrize("files, arguments, code, message", [
    ({}, ["none"], os.EX_NOINPUT, "none: cannot be read: No such file or directory"),
    ({"list": ""}, ["list"], os.EX_DATAERR, "list: there is no password in it"),
    ({"list": f"{sha1('a')}:5\n{sha1('b')}:x\n"}, ["list"], os.EX_DATAERR,
     "list:2: expected 40 hexadecimal digits, ':' and a count"),
    ({"list": f"{sha1('a')[:-1]}:5\n"}, ["list"], os.EX_DATAERR, "list:1: expected 40 hexadecimal digits, "),
    ({"list": f"{sha1('a')}:5\n"}, ["list", "--minimum-count", "6"], os.EX_DATAERR,
     "list: no password in it was seen 6 times or more"),
    ({"list": "password\n"}, ["list", "--hashes"], os.EX_DATAERR, "list:1: expected 40 hexadecimal digits, "),
    ({"list": "password\n"}, ["list", "--output", "none/filter"], os.EX_CANTCREAT,
     "none/filter.new: cannot be written: No such file or directory"),
])
def test_says_what_is_wrong_and_writes_nothing(tmp_path, files, arguments, code, message):
    for name, contents in files.items():
        (tmp_path / name).write_text(contents)
    built = breached(tmp_path, "build", *arguments, *([] if "--output" in arguments else ["--output", "filter"]))
    complaint, hint = built.stderr.decode().splitlines()
    assert built.returncode == code
    assert complaint.startswith(f"postern: error: {message}") and hint.startswith("postern: hint: ")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(files)


@pytest.mark.parametrize("arguments", [
    ["--false-positives", "1/1000"], ["--false-positives", "0.1"], ["--minimum-count", "0"], ["--plain", "--hashes"]])
def test_refuses_settings_that_make_no_filter(site, arguments):
    built = breached(site, "build", "list", "--output", "never", *arguments)
    assert built.returncode == os.EX_USAGE and not (site / "never").exists()


def test_a_kill_at_any_moment_leaves_the_old_filter_or_the_new_one(tmp_path):
    count = 1_300_000  # more than one shard has
    gap = (1 << 64) // count
    with (tmp_path / "list").open("w") as file:
        file.writelines(f"{number * gap:016X}{'0' * 24}:1\n" for number in range(count))
    build(tmp_path, "list", "--output", "new")
    old, new = b"old", (tmp_path / "new").read_bytes()
    left = set()
    for delay in [0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8]:
        (tmp_path / "filter").write_bytes(old)
        process = subprocess.Popen([POSTERN, "breached", "build", "list", "--output", "filter"], cwd=tmp_path)
        time.sleep(delay)
        process.kill()
        process.wait()
        assert (tmp_path / "filter").read_bytes() in (old, new)
        left |= {path.name for path in tmp_path.iterdir()}
    assert left == {"list", "new", "filter", "filter.new"}
    build(tmp_path, "list", "--output", "filter")
    assert (tmp_path / "filter").read_bytes() == new
    assert not (tmp_path / "filter.new").exists()


def test_a_signal_ends_it_and_leaves_nothing(tmp_path):
    os.mkfifo(tmp_path / "list")
    process = subprocess.Popen([POSTERN, "breached", "build", "list", "--output", "filter"], cwd=tmp_path)
    with (tmp_path / "list").open("w") as pipe:
        pipe.write(text(lines(1000)))
        pipe.flush()
        end = time.monotonic() + 10
        while not (tmp_path / "filter.new").exists() and time.monotonic() < end:
            time.sleep(0.01)
        assert (tmp_path / "filter.new").exists()
        process.terminate()
    assert process.wait(10) == -signal.SIGTERM
    assert [path.name for path in tmp_path.iterdir()] == ["list"]


def test_one_build_at_a_time_writes_a_filter(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "list").write_text(text(lines(10)))
    process = subprocess.Popen([POSTERN, "breached", "build", "pipe", "--output", "filter"], cwd=tmp_path)
    with (tmp_path / "pipe").open("w") as pipe:
        pipe.write(text(lines(20)))
        pipe.flush()
        end = time.monotonic() + 10
        while not (tmp_path / "filter.new").exists() and time.monotonic() < end:
            time.sleep(0.01)
        second = breached(tmp_path, "build", "list", "--output", "filter")
        assert second.returncode == os.EX_TEMPFAIL
        assert second.stderr == (
            b"postern: error: filter: another build writes it\npostern: hint: wait until that one has ended\n")
    assert process.wait(10) == 0
    assert Filter(tmp_path / "filter").keys == 20


# check


def test_says_of_each_password_how_often_it_was_seen(site):
    asked = breached(
        site, "check", "--filter", "filter", input=b"hunter2\ncorrect horse battery staple\nzxcvbn\n9\n10\n\n7")
    assert (asked.returncode, asked.stderr) == (1, b"")
    assert asked.stdout.decode().splitlines() == [
        "1\tseen 10,000 times or more", "2\tnot seen", "3\tseen once or more", "4\tseen 10,000,000 times or more",
        "5\tseen 10,000,000 times or more", "6\tnot seen", "7\tseen 100,000 times or more"]
    unseen = breached(site, "check", "--filter", "filter", input=b"correct horse battery staple\n")
    assert (unseen.returncode, unseen.stdout) == (0, b"1\tnot seen\n")


def test_answers_before_it_waits_for_more(site):
    with subprocess.Popen([POSTERN, "breached", "check", "--filter", "filter"], cwd=site, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, bufsize=0) as process:
        for number, word in enumerate((b"hunter2\n", b"zxcvbn\n"), start=1):
            process.stdin.write(word)
            assert process.stdout.readline().startswith(b"%d\tseen " % number)
        process.stdin.close()
        assert process.wait(5) == 1


def test_says_which_line_can_be_nobodys_password_and_not_what_is_in_it(site):
    asked = breached(site, "check", "--filter", "filter", input=b"hunter2\nsecr\xe9t\n" + b"secret" * 200 + b"\n")
    assert asked.returncode == os.EX_DATAERR
    assert asked.stdout == b"1\tseen 10,000 times or more\n2\tnot known\n3\tnot known\n"
    assert asked.stderr == b"".join(
        b"postern: error: line %d: not UTF-8, too long, or with a NUL\n" % line for line in (2, 3))


@pytest.mark.parametrize("password, answer, code", [
    (b"hunter2", b"seen 10,000 times or more", 1), (b"correct horse battery staple", b"not seen", 0)])
def test_asks_on_a_terminal_and_shows_nothing_that_is_typed(site, password, answer, code):
    with Terminal(POSTERN, "breached", "check", "--filter", site / "filter") as terminal:
        terminal.until(b"Password (not shown): ")
        assert not terminal.shows_what_is_typed
        terminal.type(password + b"\n")
        assert password not in terminal.until(answer)
        assert terminal.ended() == code


@pytest.mark.parametrize("damage, code, message, hint", [
    (lambda filter: filter.unlink(), os.EX_NOINPUT, "cannot be read: No such file or directory", "make one with"),
    (lambda filter: filter.chmod(0o664), os.EX_NOPERM, "others can change it (mode 664)", "take their rights away"),
    (lambda filter: filter.write_text("password\n"), os.EX_DATAERR, "not a filter of breached passwords", "name the file"),
    (lambda filter: os.truncate(filter, 4096), os.EX_DATAERR, "a filter that ends too early", "build it again with"),
    (lambda filter: change(filter, 8, 0), os.EX_DATAERR, "a filter in format 0, but this program reads format 1",
     "build it again with"),
    (lambda filter: change(filter, 40, 255), os.EX_DATAERR, "a filter that is damaged in the sector at byte 0",
     "build it again with"),
], ids=["missing", "writable", "other", "short", "older", "damaged"])
def test_refuses_a_filter_that_is_not_as_it_was_written(tmp_path, damage, code, message, hint):
    (tmp_path / "list").write_text(text(lines(2000)))
    build(tmp_path, "list", "--output", "filter")
    damage(tmp_path / "filter")
    for command in (["check"], ["audit", "list"]):
        asked = breached(tmp_path, *command, "--filter", "filter", input=b"0\n")
        assert (asked.returncode, asked.stdout) == (code, b"")
        first, second = asked.stderr.decode().splitlines()
        assert first.startswith(f"postern: error: filter: {message}")
        assert second.startswith(f"postern: hint: {hint}")


def test_never_answers_from_a_damaged_sector(tmp_path):
    (tmp_path / "list").write_text(text(lines(100)))
    build(tmp_path, "list", "--output", "filter")
    change(tmp_path / "filter", 600, 1)
    asked = breached(tmp_path, "check", "--filter", "filter", input="\n".join(map(str, range(100))).encode())
    assert asked.returncode == os.EX_DATAERR
    assert b"filter: a filter that is damaged in the sector at byte 512\n" in asked.stderr
    assert b"not seen" not in asked.stdout


def change(filter: Path, offset: int, value: int) -> None:
    contents = bytearray(filter.read_bytes())
    assert contents[offset] != value
    contents[offset] = value
    filter.write_bytes(contents)


# audit


def test_says_what_share_of_a_list_is_known(site):
    known, others = list(lines(22)), [sha1(f"other {number}") for number in range(66)]
    (site / "ours").write_text("\n".join(known + others))
    audit = breached(site, "audit", "ours", "--filter", "filter")
    assert (audit.returncode, audit.stderr) == (0, b"")
    assert audit.stdout.decode().splitlines() == [
        "hashes                         88  100.0 %",
        "not seen                       66   75.0 %",
        "seen once or more              22   25.0 %",
        "seen 10 times or more          18   20.5 %",
        "seen 100 times or more         14   15.9 %",
        "seen 1,000 times or more       12   13.6 %",
        "seen 10,000 times or more      10   11.4 %",
        "seen 100,000 times or more      8    9.1 %",
        "seen 1,000,000 times or more    6    6.8 %",
        "seen 10,000,000 times or more   4    4.5 %",
        "by chance, about                0    0.0 %",
    ]
    audit = breached(site, "audit", "ours", "--filter", "filter", "--json")
    assert json.loads(audit.stdout) == {
        "hashes": 88, "unseen": 66, "by_chance": 0,
        "seen_at_least": {"1": 22, "10": 18, "100": 14, "1000": 12, "10000": 10, "100000": 8, "1000000": 6, "10000000": 4},
    }


def test_compares_no_hashes_of_different_functions(site):
    (site / "ntlm").write_text("8846f7eaee8fb117ad06bdd830b7586c\n")
    audit = breached(site, "audit", "ntlm", "--filter", "filter")
    assert audit.returncode == os.EX_DATAERR
    assert audit.stderr == (
        b"postern: error: ntlm is hashed by NTLM, and the list of the filter was by SHA-1\n"
        b"postern: hint: make a filter of a list by NTLM\n")
    build(site, "ntlm", "--output", "ntlm.filter")
    assert breached(site, "check", "--filter", "ntlm.filter", input=b"password").stdout == b"1\tseen once or more\n"


@pytest.mark.parametrize("command", ["build", "check", "audit"])
def test_S37_help_has_an_example_and_no_option_for_a_password(command):
    help = breached(Path("/"), command, "--help").stdout.decode()
    assert re.search(rf"Example:\s+postern breached {command}", help)
    options = re.findall(r"^\s+(-[^ ].*?)(?:  |$)", help, re.MULTILINE)
    assert options and not [option for option in options if re.search("pass|secret|code", option)]
