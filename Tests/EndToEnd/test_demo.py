"""`make demo`, as somebody at a terminal has it: what is started together ends together."""

import os
import signal
import subprocess
import tempfile
from pathlib import Path

import pytest
from harness.breached_list import hash_list
from harness.people import is_signed_in, new_person, sign_up
from harness.site import ROOT, SERVERS, Site, free_port


def processes_with(text: str) -> list[str]:
    """The command lines and working files of running processes that name a text."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parts = [process.joinpath(name).read_bytes() for name in ("cmdline", "environ")]
        except OSError:
            continue
        if any(text.encode() in part for part in parts) and int(process.name) != os.getpid():
            found.append(parts[0].replace(b"\0", b" ").decode())
    return found


@pytest.fixture
def temporary():
    """A directory with a short path: Apache takes no socket whose path is longer than 95 bytes."""
    with tempfile.TemporaryDirectory(prefix="demo-") as directory:
        yield Path(directory)


@pytest.mark.parametrize("server, signal_number", [
    *(("nginx", number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)),
    *((server, signal.SIGINT) for server in SERVERS if server != "nginx"),
])
def test_a_signal_ends_it_all(temporary, server, signal_number):
    port, data = free_port(), temporary / "data"
    demo = subprocess.Popen(
        [ROOT / "scripts" / "serve"], stdout=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "SERVER": server, "PORT": str(port), "DATA": str(data), "TMPDIR": str(temporary)})
    assert any(line == f"ready http://localhost:{port}\n" for line in demo.stdout)
    assert processes_with(str(data))
    # A terminal sends Ctrl-C to every process in the foreground.
    if signal_number == signal.SIGINT:
        os.killpg(demo.pid, signal_number)
    else:
        demo.send_signal(signal_number)
    demo.wait(30)
    assert not processes_with(str(data))
    assert [path.name for path in temporary.iterdir()] == ["data"]


def test_a_second_demo_goes_on_with_the_same_accounts(tmp_path):
    with Site(tmp_path) as site:
        person = new_person(site)
        site.stop()
        site.start()
        assert is_signed_in(person.visitor)
        assert person.sign_in(site.visitor()).status == 303


def test_a_port_that_is_taken_is_one_clear_sentence(tmp_path):
    with Site(tmp_path / "first") as site:
        second = subprocess.run(
            [ROOT / "scripts" / "serve"], capture_output=True, text=True, timeout=30,
            env={**os.environ, "PORT": str(site.port), "DATA": str(tmp_path / "second")})
        assert second.returncode == 1
        assert "in use" in second.stderr
        assert not processes_with(str(tmp_path / "second"))
        assert site.visitor().get("/account/sign-in").status == 200


def test_a_server_that_is_not_served_is_refused_with_a_sentence():
    demo = subprocess.run(
        ["make", "demo", "SERVER=gopher"], cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert demo.returncode != 0
    assert "SERVER=gopher is not served" in demo.stderr
    assert all(server in demo.stderr for server in SERVERS)


BREACHED = "copper thistle ledger umbrella"


def is_warned(site: Site) -> bool:
    """Whether somebody who signs up with the breached password is told."""
    answer = sign_up(site.visitor(), site.new_address(), BREACHED)
    return answer.status == 422 and "a thousand times or more" in answer.text


def test_BREACHED_names_a_list_by_which_passwords_are_looked_up(tmp_path, monkeypatch):
    breached = tmp_path / "a list.txt"
    breached.write_text(hash_list({BREACHED: 3912, "another one": 1}))
    with Site(tmp_path / "site", settings={}) as site:
        assert not is_warned(site)
        site.stop()
        # Also with a data directory that was there, in which another filter was named.
        site.configure({"breached-filter": "nothing.filter"})
        monkeypatch.setenv("BREACHED", str(breached))
        site.start()
        assert is_warned(site)
        assert (site.data / "postern.conf").read_text().count("\nbreached-filter ") == 1
        assert not list((site.data / "breached").iterdir())
        # And afterwards without saying it again.
        site.stop()
        monkeypatch.delenv("BREACHED")
        site.start()
        assert is_warned(site)


@pytest.mark.parametrize("text, complaint", [
    (None, "{list}: cannot be read: No such file or directory"),
    ("", "{list}: there is no password in it"),
    (f"{hash_list({BREACHED: 1})}hunter2:17\n", "{list}:2: expected "),
    ("hunter2:17\n", "{list}:1: expected "),
])
def test_a_list_that_is_none_is_one_clear_sentence(tmp_path, text, complaint):
    breached = tmp_path / "list.txt"
    if text is not None:
        breached.write_text(text)
    demo = subprocess.run(
        [ROOT / "scripts" / "serve"], capture_output=True, text=True, timeout=30,
        env={**os.environ, "PORT": str(free_port()), "DATA": str(tmp_path / "data"), "BREACHED": str(breached)})
    assert demo.returncode != 0
    error, hint = demo.stderr.splitlines()
    assert error.startswith(f"postern: error: {complaint.format(list=breached)}") and hint.startswith("postern: hint: ")
    assert "hunter2" not in demo.stderr
    assert not processes_with(str(tmp_path / "data"))
