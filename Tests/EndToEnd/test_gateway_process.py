"""How the programs of the web are started, and how they end."""

import signal
import subprocess
import time

import pytest
from harness.fastcgi import PARAMS, STDIN, begin, pairs, record, stream
from harness.gateway import FORM, VARIABLES, Program, request
from harness.site import program

ECHO = program("gateway-echo")
CGI = {**VARIABLES, "GATEWAY_INTERFACE": "CGI/1.1"}


def cgi(variables: dict[str, str], body: bytes = b"", *arguments: str) -> str:
    """What the program writes as plain CGI; it must end well, and complain of nothing."""
    ended = subprocess.run([ECHO, *arguments], env=variables, input=body, capture_output=True, timeout=20)
    assert (ended.returncode, ended.stderr) == (0, b"")
    return ended.stdout.decode()


def test_answers_one_request_as_plain_cgi():
    output = cgi({**CGI, **FORM, "CONTENT_LENGTH": "9"}, b"email=ada")
    assert output.startswith("Status: 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n")
    assert 'email "ada"\n' in output


def test_reads_no_more_than_the_length_says():  # RFC 3875 §4.2
    assert 'email "ada"\n' in cgi({**CGI, **FORM, "CONTENT_LENGTH": "9"}, b"email=ada&email=x")


@pytest.mark.parametrize("length, status", [
    (None, 411), ("", 411), ("10", 400), ("-1", 400), ("1e1", 400), ("65537", 413),
    ("9223372036854775808", 413),
])
def test_refuses_a_body_without_a_good_length(length, status):  # A58
    given = {} if length is None else {"CONTENT_LENGTH": length}
    assert cgi({**CGI, **FORM, **given}, b"email=ada").startswith(f"Status: {status} ")


@pytest.mark.alone
def test_waits_no_longer_than_its_time_limit_for_a_body():  # A59
    process = subprocess.Popen(
        [ECHO], env={**CGI, **FORM, "CONTENT_LENGTH": "9", "TIME_LIMIT": "1"},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        began = time.monotonic()
        assert process.stdout.read().startswith(b"Status: 408 ")
        assert time.monotonic() - began < 3


@pytest.mark.parametrize("arguments", [
    ["user", "delete", "alice@example.org"], ["--help"], ["--config=/tmp/x"], ["-s"],
])
def test_does_what_it_always_does_whatever_its_arguments(tmp_path, arguments):  # A56, P24
    plain = cgi(CGI)
    assert cgi(CGI, b"", *arguments) == plain.replace(
        'arguments "0"', f'arguments "{len(arguments)}"')
    with Program(ECHO, tmp_path, arguments) as echo:
        assert echo.ask(request()).status == 200


def test_has_no_proxy_that_the_client_names(tmp_path):  # A55
    assert "proxy -\n" in cgi({**CGI, "HTTP_PROXY": "http://127.0.0.1:9"})
    with Program(ECHO, tmp_path) as echo:
        assert echo.ask(request(HTTP_PROXY="http://127.0.0.1:9"))["proxy"] == "-"


@pytest.mark.parametrize("variables", [{}, {"REQUEST_METHOD": "GET"}])
def test_says_that_it_was_not_started_by_a_web_server(variables):
    ended = subprocess.run([ECHO], env=variables, input=b"", capture_output=True, timeout=20)
    assert ended.returncode == 2
    assert ended.stdout == b""
    assert b"neither a FastCGI socket at descriptor 0 nor a CGI request" in ended.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGUSR1])
def test_ends_well_when_it_is_told_to(tmp_path, number):
    with Program(ECHO, tmp_path) as echo:
        assert echo.ask(request()).status == 200
        echo.process.send_signal(number)
        assert echo.process.wait(5) == 0


def test_answers_the_request_in_hand_before_it_ends(tmp_path):
    params = pairs(list({**VARIABLES, **FORM, "CONTENT_LENGTH": "9"}.items()))
    with Program(ECHO, tmp_path) as echo, echo.connect() as connection:
        connection.send(begin() + stream(PARAMS, params) + record(STDIN, b"email"))
        time.sleep(0.3)
        echo.process.terminate()
        time.sleep(0.3)
        assert echo.is_running
        answer = connection.send(record(STDIN, b"=ada") + record(STDIN)).answer()
        assert answer["email"] == '"ada"'
        assert echo.process.wait(5) == 0


def test_ends_well_while_a_connection_is_kept(tmp_path):
    with Program(ECHO, tmp_path) as echo, echo.connect() as connection:
        assert connection.send(request(keep=True)).answer().status == 200
        assert echo.terminate() == 0


def test_goes_on_after_it_was_stopped(tmp_path):
    with Program(ECHO, tmp_path) as echo:
        echo.process.send_signal(signal.SIGSTOP)
        time.sleep(0.1)
        echo.process.send_signal(signal.SIGCONT)
        assert echo.ask(request()).status == 200
