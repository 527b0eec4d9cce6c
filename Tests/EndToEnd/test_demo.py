"""`make demo`, as somebody at a terminal has it: what is started together ends together."""

import os
import signal
import subprocess
from pathlib import Path

import pytest
from harness.people import is_signed_in, new_person
from harness.site import ROOT, Site, free_port


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


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything_that_was_started(tmp_path, signal_number):
    port, data = free_port(), tmp_path / "data"
    demo = subprocess.Popen(
        [ROOT / "scripts" / "serve"], stdout=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "PORT": str(port), "DATA": str(data), "TMPDIR": str(tmp_path)})
    assert any(line == f"ready http://localhost:{port}\n" for line in demo.stdout)
    assert processes_with(str(data))
    # A terminal sends Ctrl-C to every process in the foreground.
    if signal_number == signal.SIGINT:
        os.killpg(demo.pid, signal_number)
    else:
        demo.send_signal(signal_number)
    demo.wait(30)
    assert not processes_with(str(data))
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


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
        ["make", "demo", "SERVER=lighttpd"], cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert demo.returncode != 0
    assert "SERVER=nginx" in demo.stderr
