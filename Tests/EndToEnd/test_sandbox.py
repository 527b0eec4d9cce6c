"""What a page could do that somebody else has taken over: nothing but what the forms need anyway.

`sandbox-prober` opens a data directory and enters the sandbox as `account` does, and tries what it is asked to.
Everything that is refused is tried outside of the sandbox, too, where it succeeds.
"""

import errno
import os
import re
import subprocess
from pathlib import Path

import pytest
from harness import fastcgi
from harness.gateway import Program, request
from harness.kernel import LANDLOCK, SECCOMP, failing
from harness.operator import Operator
from harness.range_server import RangeServer
from harness.site import ROOT, program

PROBER = program("sandbox-prober")


@pytest.fixture
def operator(tmp_path) -> Operator:
    operator = Operator(tmp_path)
    operator.init()
    return operator


def attempt(operator: Operator, what: str, argument: object = "", preexec=None, **variables: str) -> str:
    """What comes of something that a program started for one request tries; nothing if it is no more."""
    ended = subprocess.run(
        [PROBER], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, preexec_fn=preexec,
        env={**operator.environment, "GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "GET",
             "SCRIPT_NAME": f"/account/{what}", "QUERY_STRING": f"argument={argument}", "REMOTE_ADDR": "192.0.2.1",
             **variables})
    assert ended.stderr == ""
    return ended.stdout.rpartition("result ")[2].strip()


REFUSED = [
    ("read", "/etc/passwd", "EACCES", "done"),
    ("read", "/proc/self/environ", "EACCES", "done"),
    ("list", "/", "EACCES", "done"),
    ("write", "{forms}", "EACCES", "done"),
    ("make", "{outside}/new", "EACCES", "done"),
    ("make-device", "{data}/fifo", "EPERM", "done"),
    ("link", "{data}/link", "EPERM", "done"),
    ("execute", "/bin/true", "EPERM", ""),
    ("spawn", "/bin/true", "EPERM", "done"),
    ("fork", "", "EPERM", "done"),
    ("signal", "{pid}", "EPERM", "done"),
    ("listen", "", "EPERM", "done"),
    ("map-code", "", "EPERM", "done"),
]


@pytest.mark.parametrize("what, argument, refusal, outside", REFUSED, ids=lambda value: str(value))
def test_what_no_form_needs_is_refused(operator, tmp_path, what, argument, refusal, outside):
    forms = tmp_path / "site" / "forms.seg"
    forms.parent.mkdir()
    forms.write_bytes((ROOT / "forms.seg").read_bytes())
    operator.configure("forms", str(forms))
    argument = argument.format(forms=forms, outside=tmp_path, data=operator.data, pid=os.getpid())
    assert attempt(operator, what, argument) == refusal
    with Program(PROBER, tmp_path, POSTERN_DATA=str(operator.data)) as prober:
        wire = request(SCRIPT_NAME=f"/account/{what}", QUERY_STRING=f"argument={argument}")
        assert prober.ask(wire)["result"] == refusal
    assert attempt(operator, what, argument, SANDBOX="off") == outside


@pytest.mark.parametrize("what, argument", [
    ("read", "{data}/keys/ring"), ("list", "{data}"), ("make", "{data}/new"), ("write", "{data}/postern.conf"),
    ("read", "{root}/forms.seg"),
])
def test_the_data_and_the_templates_are_within_reach(operator, what, argument):
    assert attempt(operator, what, argument.format(data=operator.data, root=ROOT)) == "done"


def test_a_machine_is_within_reach_only_if_it_is_to_be_asked(operator, tmp_path):
    with RangeServer(tmp_path) as asked:
        assert attempt(operator, "connect", asked.port, SANDBOX="off") == "done"
        assert attempt(operator, "connect", asked.port) == "EPERM"
        operator.configure("breached-service", f"https://localhost:{asked.port}/range/")
        assert attempt(operator, "connect", asked.port) == "done"
        with RangeServer(tmp_path / "other") as other:
            assert attempt(operator, "connect", other.port) == "EACCES"
            assert attempt(operator, "connect", other.port, SANDBOX="off") == "done"
        # And neither programs nor other files are.
        assert attempt(operator, "spawn", "/bin/true") == "EPERM"
        assert attempt(operator, "read", "/etc/passwd") == "EACCES"


# the programs themselves


def confinement(process: int) -> list[str]:
    """What the kernel says of a process."""
    status = Path(f"/proc/{process}/status").read_text()
    return re.findall(r"(?m)^(?:NoNewPrivs|Seccomp):\t(\d)$", status)


@pytest.mark.parametrize("name, variables, expected", [
    ("account", {}, ["1", "2"]), ("score", {}, ["1", "2"]), ("score", {"SCORE_SANDBOX": "off"}, ["0", "0"]),
])
def test_both_web_programs_enter_before_they_answer(operator, tmp_path, name, variables, expected):
    with Program(program(name), tmp_path, POSTERN_DATA=str(operator.data), **variables) as started:
        path = {"account": "/account/sign-in", "score": "/score"}[name]
        assert started.ask(fastcgi.request(path)).status == 200
        assert confinement(started.process.pid) == expected


def test_what_was_out_of_reach_takes_a_new_start(operator, tmp_path):
    forms = tmp_path / "elsewhere" / "forms.seg"
    forms.parent.mkdir()
    forms.write_bytes((ROOT / "forms.seg").read_bytes())
    page = fastcgi.request("/account/sign-in")
    with Program(program("account"), tmp_path, POSTERN_DATA=str(operator.data)) as account:
        assert account.ask(page).status == 200
        operator.configure("shortest-password", "12")
        assert account.ask(page).status == 200
        operator.configure("forms", str(forms))
        assert account.ask(page).status == 503
        assert "start 'account' again" in (operator.data / "log").read_text()
        account.terminate()
        account.start()
        assert account.ask(page).status == 200


def test_a_file_that_takes_the_place_of_another_is_found(operator, tmp_path):
    forms = tmp_path / "site" / "forms.seg"
    forms.parent.mkdir()
    forms.write_bytes((ROOT / "forms.seg").read_bytes())
    operator.configure("forms", str(forms))
    page = fastcgi.request("/account/sign-in")
    with Program(program("account"), tmp_path, POSTERN_DATA=str(operator.data)) as account:
        assert account.ask(page).status == 200
        (forms.parent / "new.seg").write_bytes(forms.read_bytes())
        (forms.parent / "new.seg").rename(forms)
        assert account.ask(page).status == 200


# other kernels


def page(operator: Operator, preexec=None) -> subprocess.CompletedProcess:
    """The sign-in page of `account`, started for it alone."""
    return subprocess.run(
        [program("account")], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, preexec_fn=preexec,
        env={"POSTERN_DATA": str(operator.data), "GATEWAY_INTERFACE": "CGI/1.1", **dict(fastcgi.variables("/account/sign-in"))})


def doctor(operator: Operator, preexec) -> subprocess.CompletedProcess:
    """What `postern doctor` says there."""
    return subprocess.run(
        [program("postern"), "doctor", "--offline"], env=operator.environment, preexec_fn=preexec, capture_output=True, text=True)


@pytest.mark.parametrize("missing, complaint, path, spawned", [
    (LANDLOCK, "this kernel has no Landlock, and 'account' can open every file of its user; ", "done", "EPERM"),
    (SECCOMP, "this kernel filters no system calls, and 'account' can start programs; ", "EACCES", "EACCES"),
])
def test_what_the_kernel_lacks_is_said_and_the_rest_holds(operator, missing, complaint, path, spawned):
    lacking = failing(missing, errno.ENOSYS)
    found = doctor(operator, lacking)
    assert found.returncode == 1
    assert found.stdout.startswith(complaint) and found.stdout.count("\n") == 1
    assert page(operator, lacking).stdout.startswith("Status: 200 ")
    assert attempt(operator, "read", "/etc/passwd", lacking) == path
    assert attempt(operator, "spawn", "/bin/true", lacking) == spawned


@pytest.mark.parametrize("forbidden", [LANDLOCK, SECCOMP])
def test_what_the_kernel_has_and_refuses_is_an_error(operator, forbidden):
    refusing = failing(forbidden, errno.EPERM)
    refused = page(operator, refusing)
    assert refused.stdout.startswith("Status: 503 ")
    assert "the sandbox cannot be entered: " in refused.stderr and "write 'sandbox off'" in refused.stderr
    assert f"account: error: {doctor(operator, refusing).stdout}" == refused.stderr
    operator.configure("sandbox", "off")
    allowed = page(operator, refusing)
    assert allowed.stdout.startswith("Status: 200 ") and allowed.stderr == ""
