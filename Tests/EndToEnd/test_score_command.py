"""`score` on the shell: pipes, and a terminal."""

import json
import os
import select
import signal
import subprocess

import pytest
from harness.site import program
from harness.terminal import Terminal
from harness.vectors import is_utf8, same, vectors

SCORE = program("score")
SECRET = "Tr0ub4dor-hunter2"


def score(*arguments: str, passwords: bytes = b"") -> subprocess.CompletedProcess:
    return subprocess.run([SCORE, *arguments], input=passwords, capture_output=True, timeout=60)


def scored(*arguments: str, passwords: bytes) -> list[dict]:
    """The objects that it writes; it must end well, and complain of nothing."""
    ended = score("--json", *arguments, passwords=passwords)
    assert (ended.returncode, ended.stderr) == (0, b"")
    return [json.loads(line) for line in ended.stdout.decode().split("\n")[:-1]]


@pytest.mark.parametrize("name, year, count", [
    ("zxcvbn-reference", 2026, 3211), ("zxcvbn-reference-long", 2026, 60), ("zxcvbn-reference-2017", 2017, 400)])
def test_gives_the_originals_answers(name, year, count):
    expected = vectors(name)
    lines = [json.dumps({"password": vector["password"], "user_inputs": vector.get("user_inputs", [])})
             for vector in expected]
    own = scored("--input", "json", "--year", str(year), passwords="\n".join(lines).encode())
    assert len(own) == len(expected) == count
    for ours, theirs in zip(own, expected):
        password = theirs["password"]
        assert (ours["score"], ours["feedback"]) == (theirs["score"], theirs["feedback"]), password
        assert ours["crack_times_display"] == theirs["display"], password
        assert same(ours["guesses"], theirs["guesses"]), password
        assert same(ours["guesses_log10"], theirs["guesses_log10"]), password
        assert len(ours["sequence"]) == len(theirs["sequence"]), password
        units = password.encode("utf-16-le", "surrogatepass")
        for match, other in zip(ours["sequence"], theirs["sequence"]):
            i, j = match["i"], match["j"]
            assert (match["pattern"], i, j) == (other["pattern"], other["i"], other["j"]), password
            assert same(match["guesses"], other["guesses"]), password
            assert match["token"].encode("utf-16-le", "surrogatepass") == units[2 * i:2 * j + 2]


def test_answers_each_line_in_its_place():
    words = [vector for vector in vectors()
             if is_utf8(vector) and "user_inputs" not in vector and "\n" not in vector["password"]]
    assert len(words) > 3000
    own = scored("--year", "2026", passwords="".join(vector["password"] + "\n" for vector in words).encode())
    assert [ours["score"] for ours in own] == [vector["score"] for vector in words]


def test_answers_before_it_waits_for_more():
    with subprocess.Popen([SCORE, "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
        for word in (b"password\n", b"zxcvbn\n"):
            process.stdin.write(word)
            assert select.select([process.stdout], [], [], 5)[0]
            assert json.loads(process.stdout.readline())["score"] == 0
        process.stdin.close()
        assert process.wait(5) == 0


def test_writes_a_line_for_people():
    ended = score("--year", "2026", passwords=b"zxcvbn\n")
    assert ended.stdout.decode() == (
        "0 of 4, very weak: 10^1.8 guesses, less than a second against a slow hash. "
        "This is a top-100 common password. Add another word or two. Uncommon words are better.\n")


@pytest.mark.parametrize("arguments, bad", [
    (["--input", "json"], b"{\"password\":\"" + SECRET.encode()), (["--input", "json"], SECRET.encode()),
    ([], SECRET.encode() + b"\xff"), ([], SECRET.encode() * 70_000)])
def test_says_which_line_is_bad_and_answers_the_others(arguments, bad):  # A15
    good = b'{"password":"zxcvbn"}' if arguments else b"zxcvbn"
    ended = score("--json", *arguments, passwords=b"\n".join([good, bad, good]))
    first, second, third = map(json.loads, ended.stdout.splitlines())
    assert first == third and first["score"] == 0
    assert list(second) == ["error"] and second["error"].startswith("line 2: ")
    assert ended.stderr.decode() == f"score: error: {second['error']}\n"
    assert SECRET not in ended.stderr.decode() + ended.stdout.decode()
    assert ended.returncode == os.EX_DATAERR


@pytest.mark.parametrize("arguments", [[SECRET], ["--json", SECRET], [f"--password={SECRET}"], ["--year", SECRET]])
def test_refuses_a_password_as_an_argument_and_does_not_repeat_it(arguments):
    ended = score(*arguments, passwords=b"zxcvbn\n")
    assert (ended.returncode, ended.stdout) == (os.EX_USAGE, b"")
    assert ended.stderr.startswith(b"score: error: ") and b"\nscore: hint: " in ended.stderr
    assert SECRET.encode() not in ended.stderr


def test_helps_with_an_example():
    ended = score("--help")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"example:\n" in ended.stdout and b"score --json" in ended.stdout


def test_is_one_static_file_without_foundation():
    assert b"statically linked" in subprocess.run(["file", "-L", SCORE], capture_output=True, check=True).stdout
    # The modules of a program's types are named in it, stripped or not; `postern` has that one.
    assert b"FoundationEssentials" not in SCORE.read_bytes()
    assert b"FoundationEssentials" in program("postern").read_bytes()


def test_asks_on_a_terminal_and_shows_nothing_that_is_typed():
    with Terminal(SCORE, "--year", "2026") as terminal:
        terminal.until(b"Password (not shown): ")
        assert not terminal.shows_what_is_typed
        terminal.type(b"zxcvbn\n")
        seen = terminal.until(b"better.")
        assert b"0 of 4, very weak" in seen and b"zxcvbn" not in seen
        assert terminal.shows_what_is_typed
        assert terminal.ended() == 0


def test_ends_when_the_input_does():
    with Terminal(SCORE, "--year", "2026") as terminal:
        terminal.until(b"Password (not shown): ")
        terminal.type(b"\x04")
        terminal.until(b"\n")
        assert terminal.shows_what_is_typed
        assert terminal.ended() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_shows_what_is_typed_again_when_a_signal_ends_it(number):
    with Terminal(SCORE, "--year", "2026") as terminal:
        terminal.until(b"Password (not shown): ")
        terminal.type(b"zxcv")
        assert not terminal.shows_what_is_typed
        os.kill(terminal.process_id, number)
        assert terminal.ended() == -number
        assert terminal.shows_what_is_typed


def test_asks_again_after_it_was_stopped():
    with Terminal("bash", "-mc", f"{SCORE} --year 2026; stty -a; fg") as terminal:
        terminal.until(b"Password (not shown): ")
        terminal.type(b"\x1a")
        assert b" echo " in terminal.until(b"Password (not shown): ")
        assert not terminal.shows_what_is_typed
        terminal.type(b"zxcvbn\n")
        terminal.until(b"0 of 4")
        assert terminal.ended() == 0
