"""`postern breached download`: the list of a service, file by file."""

import os
import socket
import subprocess
import time

import pytest
from harness.range_server import RangeServer
from harness.site import program


@pytest.fixture
def server(tmp_path):
    with RangeServer(tmp_path) as server:
        yield server


@pytest.fixture
def downloads(tmp_path):
    return tmp_path / "list"


def command(server, downloads, *arguments: str) -> list:
    return [program("postern"), "breached", "download", downloads, "--service", server.address,
            "--certificates", server.ca, *arguments]


def download(server, downloads, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        command(server, downloads, *arguments), capture_output=True, text=True, timeout=120,
        env={**os.environ, **variables})


def is_quiet(done: subprocess.CompletedProcess) -> bool:
    return (done.returncode, done.stdout, done.stderr) == (0, "", "")


def names(downloads) -> list[str]:
    return sorted(path.name for path in downloads.glob("*.txt"))


def file_names(first: int, last: int) -> list[str]:
    return [f"{number:05X}.txt" for number in range(first, last + 1)]


def is_whole(server, downloads, name: str) -> bool:
    text = (downloads / name).read_bytes().decode()
    return text == "\r\n".join(server.lines(name.removesuffix(".txt")))


def test_gets_every_range_once(server, downloads):
    assert is_quiet(download(server, downloads, "--prefixes", "00F00-01100"))
    assert names(downloads) == file_names(0xF00, 0x1100)
    assert all(is_whole(server, downloads, name) for name in names(downloads))
    # One connection for several ranges, and nothing but the list is left.
    assert len(server.asked) == 0x201 and server.connections <= 3 * 16
    assert sorted(path.name for path in downloads.iterdir() if path.suffix != ".txt") == [".lock", "etags"]
    assert is_quiet(download(server, downloads, "--prefixes", "00F00-01100"))
    assert len(server.asked) == 0x201


def test_says_who_asks_and_takes_nothing_from_the_environment(server, downloads, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / ".curlrc").write_text('user-agent = "somebody else"\ninsecure\n')
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        url = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        names = ["http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"]
        done = download(
            server, downloads, "--prefixes", "00000-00000", HOME=str(home), **{name: url for name in names})
        assert is_quiet(done)
        proxy.setblocking(False)
        with pytest.raises(BlockingIOError):
            proxy.accept()
    [asked] = server.asked
    assert asked.line == "GET /range/00000 HTTP/1.1"
    assert asked.headers["user-agent"] == "Postern (account security for small sites)"


def test_goes_on_where_it_was_killed(server, downloads):
    server.behave("slow-but-right")
    process = subprocess.Popen(command(server, downloads, "--prefixes", "00000-002FF"))
    # The first round has been taken in, and the second is on its way.
    deadline = time.monotonic() + 60
    while len(server.asked) < 256 + 40 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.wait(20)

    there = names(downloads)
    assert 256 <= len(there) < 0x300 and all(is_whole(server, downloads, name) for name in there)
    server.behave("right")
    server.asked.clear()
    assert is_quiet(download(server, downloads, "--prefixes", "00000-002FF"))
    assert names(downloads) == file_names(0, 0x2FF)
    asked = {f"{one.prefix}.txt" for one in server.asked}
    assert asked >= set(file_names(0, 0x2FF)) - set(there)
    # What was on its way when the other one was killed may have been asked for by both.
    assert all(is_whole(server, downloads, name) for name in names(downloads))
    assert not list(downloads.glob(".new-*"))


def test_waits_as_long_as_the_service_asks(server, downloads):
    server.behave("429", times=1, retry_after="3")
    begin = time.monotonic()
    assert is_quiet(download(server, downloads, "--prefixes", "00000-0007F"))
    assert 3 <= time.monotonic() - begin < 10
    assert names(downloads) == file_names(0, 0x7F)


def test_gives_up_when_nothing_comes_any_more(server, downloads):
    server.behave("503")
    begin = time.monotonic()
    ended = download(server, downloads, "--prefixes", "0000A-0000A")
    assert ended.returncode == os.EX_TEMPFAIL
    assert ended.stderr == (
        f"postern: error: {server.address}0000A: the answer has status 503\n"
        "postern: hint: run it again later; what has come is kept\n")
    # Five times, and longer between them each time: 1, 2, 4 and 8 seconds.
    assert len(server.asked) == 5 and 15 <= time.monotonic() - begin < 25
    server.behave("429", retry_after="86400")
    assert download(server, downloads, "--prefixes", "0000A-0000A").returncode == os.EX_TEMPFAIL
    assert len(server.asked) == 6


@pytest.mark.parametrize("behaviour, trouble", [
    ("html", "the answer is no range of hashes"),
    ("half-a-line", "the answer is no range of hashes"),
    ("empty", "the answer is no range of hashes"),
    ("big", "the answer is no range of hashes"),
    ("404", "the answer has status 404"),
    ("redirect", "the answer has status 302"),
    ("cut-off", "transfer closed with "),
    ("untrusted", "SSL certificate problem: "),
    ("expired", "SSL certificate problem: "),
    ("wrong-host", "SSL: no alternative certificate subject name matches "),
])
def test_A26_takes_nothing_that_is_no_range(server, downloads, behaviour, trouble):
    server.behave(behaviour)
    ended = download(server, downloads, "--prefixes", "0000A-0000A")
    assert ended.returncode == os.EX_TEMPFAIL
    assert ended.stderr.startswith(f"postern: error: {server.address}0000A: {trouble}")
    assert names(downloads) == []


def test_a_refresh_brings_what_has_changed(server, downloads):
    assert is_quiet(download(server, downloads, "--prefixes", "5BAA0-5BAAF"))
    (downloads / "5BAA1.txt").unlink()
    server.know("password", 3912)
    server.asked.clear()
    assert is_quiet(download(server, downloads, "--prefixes", "5BAA0-5BAAF", "--refresh"))
    assert len(server.asked) == 16
    unconditional = [one.prefix for one in server.asked if "if-none-match" not in one.headers]
    assert unconditional == ["5BAA1"]
    assert "1E4C9B93F3F0682250B6CF8331B7EE68FD8:3912" in (downloads / "5BAA6.txt").read_text()
    assert all(is_whole(server, downloads, name) for name in file_names(0x5BAA0, 0x5BAAF))

    # Once more, all is as it was, and a line of etags that was cut off costs one range.
    with (downloads / "etags").open("a") as etags:
        etags.write("\n5BAA2 W/\"55")
    stamps = {name: (downloads / name).stat().st_ino for name in names(downloads)}
    assert is_quiet(download(server, downloads, "--prefixes", "5BAA0-5BAAF", "--refresh"))
    changed = [name for name, stamp in stamps.items() if (downloads / name).stat().st_ino != stamp]
    assert changed == ["5BAA2.txt"]


def test_gets_hashes_of_windows_and_mixes_them_with_no_others(server, downloads):
    assert is_quiet(download(server, downloads, "--prefixes", "00000-00003", "--ntlm"))
    assert server.asked[0].path.endswith("?mode=ntlm")
    assert (downloads / "00003.txt").read_bytes().decode() == "\r\n".join(server.lines("00003", 27))
    ended = download(server, downloads, "--prefixes", "00000-000FF")
    assert ended.returncode == os.EX_DATAERR
    assert ended.stderr == (
        f"postern: error: {downloads}/00000.txt: it is no range of SHA-1 hashes\n"
        "postern: hint: choose another directory, or remove the file\n")


def test_one_at_a_time_downloads_into_a_directory(server, downloads):
    server.behave("slow")
    first = subprocess.Popen(command(server, downloads, "--prefixes", "00000-00000"))
    deadline = time.monotonic() + 20
    while not server.asked and time.monotonic() < deadline:
        time.sleep(0.01)
    second = download(server, downloads, "--prefixes", "00001-00001")
    first.kill()
    first.wait(20)
    assert second.returncode == os.EX_TEMPFAIL
    assert second.stderr == (
        f"postern: error: {downloads}: another process downloads into it\n"
        "postern: hint: wait for it, or end it\n")


@pytest.mark.parametrize("arguments, complaint", [
    (["--parallel", "0"], "--parallel takes a number from 1 to 64"),
    (["--service", "http://localhost/"], "--service takes an address that begins with https://"),
    (["--prefixes", "00002-00001"], "The value '00002-00001' is invalid for '--prefixes <first-last>'"),
    (["--prefixes", "0000-1"], "The value '0000-1' is invalid for '--prefixes <first-last>'"),
])
def test_says_which_argument_is_wrong(server, downloads, arguments, complaint):
    ended = download(server, downloads, *arguments)
    assert ended.returncode == os.EX_USAGE and complaint in ended.stderr
    assert not downloads.exists()


def test_says_what_is_missing(server, downloads):
    ended = download(server, downloads, "--prefixes", "00000-00000", PATH="/nowhere")
    assert ended.returncode == os.EX_UNAVAILABLE
    assert ended.stderr == (
        "postern: error: curl cannot be started\npostern: hint: install it, as with 'apt install curl'\n")
    ended = download(server, downloads / "above" / "below", "--prefixes", "00000-00000")
    assert ended.returncode == os.EX_CANTCREAT
    assert ended.stderr == f"postern: error: {downloads}/above/below: No such file or directory\n"


def test_shows_on_a_terminal_how_far_it_is(server, downloads):
    # script(1) gives the program a terminal.
    text = " ".join(map(str, command(server, downloads, "--prefixes", "00000-0001F")))
    shown = subprocess.run(
        ["script", "--quiet", "--return", "--command", text, "/dev/null"], capture_output=True, text=True, timeout=60)
    assert shown.returncode == 0
    assert "0 %, 0 of 32 ranges" in shown.stdout and "100 %, 32 of 32 ranges" in shown.stdout
