"""Asking a service by ranges, which may do anything: lines A26, A55 and P24."""

import hashlib
import os
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from harness.operator import Operator
from harness.range_server import FILLING, PADDING, TROUBLES, RangeServer
from harness.site import program

PASSWORD = "correct horse battery staple"
DIGEST = hashlib.sha1(PASSWORD.encode()).hexdigest().upper()
PAUSED = "the service is left alone for a minute, because it gave no answer"


@dataclass(frozen=True)
class Said:
    """What came of asking for one password."""

    milliseconds: int
    exposure: str
    trouble: str


@pytest.fixture
def server(tmp_path):
    with RangeServer(tmp_path) as server:
        server.know(PASSWORD, 3912)
        yield server


@pytest.fixture
def data(tmp_path) -> Path:
    (tmp_path / "data").mkdir(0o700)
    return tmp_path / "data"


def ask(server, data, *passwords: str, address=None, ca=None, prefix: tuple = (), **variables: str) -> list[Said]:
    asked = subprocess.run(
        [*prefix, program("range-asker"), address or server.address, ca or server.ca, data],
        input="".join(f"{password}\n" for password in passwords), capture_output=True, text=True, timeout=60,
        env={**os.environ, **variables})
    assert asked.returncode == 0, asked.stderr
    lines = [line.split("\t") for line in asked.stdout.splitlines()]
    assert len(lines) == len(passwords)
    return [Said(int(milliseconds), exposure, trouble) for milliseconds, exposure, trouble in lines]


def test_A26_a_password_is_found_among_padding_or_not(server, data):
    server.know("in a list, and seen no time", 0)
    said = ask(server, data, PASSWORD, "in no list", "in a list, and seen no time")
    assert [(one.exposure, one.trouble) for one in said] == [
        ("seen(atLeast: 3912)", "-"), ("unseen", "-"), ("unseen", "-")]
    kept = (data / "breached" / DIGEST[0] / DIGEST[:5]).read_text().splitlines()
    assert sum(line.endswith(":0") for line in kept) == PADDING
    assert len(kept) == 1 + FILLING + PADDING + 1


@pytest.mark.parametrize("behaviour, trouble", TROUBLES.items(), ids=TROUBLES)
def test_A26_whatever_the_service_does_there_is_an_answer_in_time(server, data, behaviour, trouble):
    server.behave(behaviour, retry_after="1")
    [said] = ask(server, data, PASSWORD)
    assert (said.exposure, said.trouble) == ("unknown", trouble)
    assert said.milliseconds < 1100
    # What was no answer is not kept, and a redirection leads nowhere.
    assert not (data / "breached" / DIGEST[0]).exists()
    assert len(server.asked) <= 1


def test_A26_a_name_that_takes_long_to_look_up_is_not_waited_for(server, data):
    # Reading /etc/hosts takes three seconds, in which nobody waits for the second time.
    slow = ("strace", "--follow-forks", f"--output={data.parent}/trace", "--trace=openat", "--trace-path=/etc/hosts",
            "--inject=openat:delay_enter=3000000")
    said = ask(server, data, PASSWORD, PASSWORD, prefix=slow)
    assert [one.trouble for one in said] == ["no answer in time", PAUSED]
    assert said[0].milliseconds < 1100 and said[1].milliseconds < 100


def test_A26_a_host_that_takes_no_connection_is_not_waited_for(server, data):
    # Nobody accepts, and the queue is full.
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        [said] = ask(server, data, PASSWORD, address=f"https://localhost:{full.getsockname()[1]}/range/")
        for one in waiting:
            one.close()
    assert said.trouble == "no answer in time" and said.milliseconds < 1100


def test_A26_a_connection_that_breaks_does_not_end_the_program(server, data):
    # What happens when it is written to after the other side has gone; the first write is to it.
    broken = ("strace", "--follow-forks", f"--output={data.parent}/trace", "--trace=write",
              "--inject=write:error=EPIPE:signal=PIPE:when=1")
    by_address = server.address.replace("localhost", "127.0.0.1")
    said = ask(server, data, PASSWORD, PASSWORD, address=by_address, prefix=broken)
    assert [one.trouble for one in said] == ["the host cannot be reached: Broken pipe", PAUSED]
    assert "(INJECTED)" in (data.parent / "trace").read_text()


def test_A26_a_host_that_is_not_there_is_named(server, data):
    [said] = ask(server, data, PASSWORD, address="https://nowhere.invalid/range/")
    assert said.exposure == "unknown" and said.milliseconds < 1100
    assert said.trouble.startswith("the host is not found: ") or said.trouble == "no answer in time"


def test_A26_a_certificate_counts_for_the_address_in_it_too(server, data):
    by_address = server.address.replace("localhost", "127.0.0.1")
    assert ask(server, data, PASSWORD, address=by_address)[0].exposure == "seen(atLeast: 3912)"
    server.behave("wrong-host")
    [said] = ask(server, data, "another one", address=by_address)
    assert said.trouble == "the certificate is not trusted: IP address mismatch"


def test_A26_authorities_may_be_a_directory_and_must_be_there(server, data):
    directory = data.parent / "authorities"
    directory.mkdir()
    (directory / "ca.pem").write_bytes(server.ca.read_bytes())
    subprocess.run(["openssl", "rehash", directory], check=True)
    assert ask(server, data, PASSWORD, ca=directory)[0].exposure == "seen(atLeast: 3912)"
    [said] = ask(server, data, "another one", ca=data / "none.pem")
    assert (said.exposure, said.trouble) == ("unknown", f"{data}/none.pem: no certificates can be read")


def test_A26_after_no_answer_the_service_is_left_alone_by_every_process(server, data):
    assert ask(server, data, PASSWORD)[0].trouble == "-"
    server.behave("503")
    assert ask(server, data, "one")[0].trouble == "the answer has status 503"
    server.behave("right")
    before = server.connections
    said = ask(server, data, "one", PASSWORD)
    # A range that was kept is there meanwhile.
    assert [one.trouble for one in said] == [PAUSED, "-"]
    assert said[1].exposure == "seen(atLeast: 3912)"
    assert server.connections == before
    os.utime(data / "breached" / "pause", (time.time() - 61,) * 2)
    assert ask(server, data, "one")[0].exposure == "unseen"


def test_A26_the_cache_is_shared_and_damage_in_it_is_noticed(server, data):
    for _ in range(2):
        assert ask(server, data, PASSWORD)[0].exposure == "seen(atLeast: 3912)"
    assert len(server.asked) == 1
    kept = data / "breached" / DIGEST[0] / DIGEST[:5]
    kept.write_bytes(kept.read_bytes()[:-1])
    assert ask(server, data, PASSWORD)[0].exposure == "seen(atLeast: 3912)"
    assert len(server.asked) == 2


def test_A26_a_cache_that_cannot_be_used_is_told_and_done_without(server, data):
    (data / "breached").mkdir(0o755)
    [said] = ask(server, data, PASSWORD)
    assert said.exposure == "seen(atLeast: 3912)"
    assert said.trouble.startswith(f"cannot open {data}/breached: others can use it (mode 755)")


def test_A26_P24_five_digits_are_all_that_leaves(server, data):
    ask(server, data, PASSWORD)
    [asked] = server.asked
    assert asked.text == (
        f"GET /range/{DIGEST[:5]} HTTP/1.0\r\nHost: localhost:{server.port}\r\n"
        "User-Agent: Postern (account security for small sites)\r\nAdd-Padding: true\r\n\r\n").encode()
    kept = [path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()]
    assert kept == [f"breached/{DIGEST[0]}/{DIGEST[:5]}"]


def test_A55_P24_no_proxy_is_taken_from_the_environment(server, data):
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        url = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        names = ["http_proxy", "https_proxy", "all_proxy"]
        variables = {name: url for name in [*names, *map(str.upper, names)]}
        [said] = ask(server, data, PASSWORD, no_proxy="", NO_PROXY="", **variables)
        assert said.exposure == "seen(atLeast: 3912)"
        proxy.setblocking(False)
        with pytest.raises(BlockingIOError):
            proxy.accept()


def test_no_module_is_loaded_to_look_up_a_name(server, data):
    trace = data.parent / "trace"
    tracer = ("strace", "--follow-forks", f"--output={trace}", "--trace=openat,open")
    assert ask(server, data, PASSWORD, prefix=tracer)[0].exposure == "seen(atLeast: 3912)"
    opened = trace.read_text()
    assert "/etc/hosts" in opened and ".so" not in opened and "openssl.cnf" not in opened


def test_sweeping_removes_old_ranges(tmp_path, server):
    operator = Operator(tmp_path)
    operator.init()
    ask(server, operator.data, PASSWORD, "another one")
    old = operator.data / "breached" / DIGEST[0] / DIGEST[:5]
    os.utime(old, (time.time() - 31 * 86_400,) * 2)
    swept = operator.run("sweep")
    assert (swept.returncode, swept.stderr) == (0, "")
    assert not old.exists()
    assert len([path for path in (operator.data / "breached").rglob("*") if path.is_file()]) == 1


def test_a_data_directory_of_before_has_no_ranges_and_needs_none(tmp_path, server):
    operator = Operator(tmp_path)
    operator.init()
    (operator.data / "breached").rmdir()
    assert operator.run("sweep").returncode == 0
    assert ask(server, operator.data, PASSWORD)[0].trouble == "-"
