"""`postern doctor` and the site from outside: lines P7, P28, S12, A50, A62, A63, A64 and A69."""

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from harness.operator import Operator
from harness.site import Site, free_port, program


@pytest.fixture
def operator(tmp_path):
    operator = Operator(tmp_path)
    operator.init()
    return operator


def found(operator: Operator, *options: str) -> list[str]:
    run = operator.run("doctor", *options)
    assert run.stderr == "" and run.returncode == (1 if run.stdout else 0)
    return run.stdout.splitlines()


# From outside


def test_a_site_as_the_examples_make_it_has_nothing_wrong(tmp_path):
    with Site(tmp_path, settings={"hashing-slots": "4"}) as site:
        told = site.operator("doctor")
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


def test_S12_doctor_finds_out_that_anybody_can_name_their_own_address(tmp_path):
    with Site(tmp_path, settings={"trusted-proxies": "1"}) as site:
        told = site.operator("doctor")
    assert told.stdout == (
        f"{site.data}/postern.conf: anybody can say in X-Forwarded-For who they are; "
        "set 'trusted-proxies' to the number of proxies in front of the web server\n")
    assert told.returncode == 1


def test_a_site_that_does_not_answer_is_one_finding(operator):
    address = f"http://localhost:{free_port()}"
    operator.configure("url", address)
    [line] = found(operator, "--json")
    finding = json.loads(line)
    assert finding["problem"].startswith(f"{address}: there is no answer: Failed to connect to localhost port ")
    assert finding["remedy"] == "start the web server, or leave it out with --offline"
    assert found(operator, "--offline") == []


@contextmanager
def served(directory):
    """A web server that hands out all that is in a directory."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", directory, str(port)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    server.stdout.readline()
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()


def test_A64_doctor_finds_a_data_directory_below_a_document_root(operator, tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    with served(tmp_path) as address:
        operator.configure("url", address)
        lines = found(operator, "--json")
    problems = [json.loads(line)["problem"] for line in lines]
    assert problems == [
        f"{address}/account/sign-in: the status is 404",
        *(f"{address}/{path}: everybody can read it" for path in ("data/postern.conf", "data/keys/ring", ".git/HEAD"))]


class Careless(BaseHTTPRequestHandler):
    """A web server that loses what `account` says, and finds every page."""

    missing = 200

    def do_GET(self):
        self.send_response(200 if self.path == "/account/sign-in" else self.missing)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.mark.parametrize("missing", [200, 404])
def test_A50_A69_doctor_says_what_a_web_server_does_not_pass_on(operator, missing):
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Server", (Careless,), {"missing": missing}))
    threading.Thread(target=server.serve_forever).start()
    address = f"http://127.0.0.1:{server.server_port}"
    operator.configure("url", address)
    lines = found(operator, "--json")
    server.shutdown()
    server.server_close()
    nowhere = "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200"
    assert [json.loads(line)["problem"] for line in lines] == [
        f"{address}/account/sign-in: its Content-Security-Policy does not arrive",
        f"{address}/account/sign-in: its 'Cache-Control: no-store' does not arrive",
        f"{address}/account/sign-in: its 'X-Content-Type-Options: nosniff' does not arrive",
        f"{address}/account/check: the status is {missing} and not 401",
        f"{address}/.well-known/change-password: it does not lead to /account/password",
        *([f"{address}{nowhere}: the status is 200, and nothing is there"] if missing == 200 else []),
    ]


# From inside


@pytest.mark.parametrize("harm, problem", [
    pytest.param(lambda data: (data / "throttles/3c").chmod(0o750), "throttles/3c: others can use it (mode 750)", id="P28 a directory"),
    pytest.param(lambda data: open_file(data / "confirmations/01/reset-x"), "confirmations/01/reset-x: others can use it (mode 644)", id="P28 a file"),
    pytest.param(lambda data: (data / "addresses/ff/x").symlink_to("/etc"), "addresses/ff/x: it is a symbolic link", id="A63 a link"),
])
def test_doctor_looks_at_the_rights_of_everything(operator, harm, problem):
    harm(operator.data)
    [line] = found(operator, "--offline")
    assert line.startswith(f"cannot open {operator.data}/{problem}")


def open_file(path) -> None:
    path.touch()
    path.chmod(0o644)


def test_P7_doctor_tells_from_the_files_that_the_clock_was_set_back(operator):
    log = operator.data / "log"
    log.touch(0o600)
    future = time.time() + 7200
    os.utime(log, (future, future))
    [line] = found(operator, "--offline")
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(future))
    assert line == (
        f"{log}: it was written in the future, at {moment}; "
        "set the clock; links, sessions and codes of apps depend on it")


def test_doctor_asks_why_keys_are_never_rotated(operator):
    ring = operator.data / "keys" / "ring"
    head, key = ring.read_text().splitlines()
    word, name, _, secret = key.split(" ")
    made = int(time.time()) - 500 * 86400
    ring.write_text(f"{head}\n{word} {name} {made} {secret}\n")
    assert found(operator, "--offline") == [
        f"{ring}: the newest key is 500 days old; run 'postern keys rotate' once a month"]


def test_A62_doctor_warns_before_the_disk_is_full(tmp_path):
    # In a mount namespace of its own, which ends with the command.
    namespace = ["--mount"] if os.geteuid() == 0 else ["--user", "--map-root-user", "--mount"]
    operator = Operator(tmp_path)
    operator.data.mkdir(0o700)
    told = subprocess.run(
        ["unshare", *namespace, "sh", "-c",
         'mount -t tmpfs -o size=20m,mode=700 disk "$POSTERN_DATA" && "$1" init "$POSTERN_DATA" --url https://seeds.example '
         '--forms forms.seg --name Seeds --mail maildir && "$1" doctor --offline --json', "sh", program("postern")],
        capture_output=True, text=True, env=operator.environment)
    assert told.returncode == 1, told.stderr
    problems = [json.loads(line)["problem"] for line in told.stdout.splitlines()]
    assert [problem for problem in problems if problem.startswith(f"{operator.data}: megabytes that are free: ")]
