"""What a FastCGI program does with records that no good web server sends (A57 to A60).

Nothing may end the program, reach another request, or hold it longer than its time limit.
"""

import time

import pytest
from harness.fastcgi import (
    ABORT_REQUEST, AUTHORIZER, BEGIN_REQUEST, CANT_MPX_CONN, END_REQUEST, FILTER, GET_VALUES, GET_VALUES_RESULT,
    KEEP_CONNECTION, PARAMS, REQUEST_COMPLETE, STDERR, STDIN, UNKNOWN_ROLE, UNKNOWN_TYPE, begin, pairs, record, stream)
from harness.gateway import FORM, VARIABLES, Program, request
from harness.site import program

TIME_LIMIT = 1
PLAIN = list(VARIABLES.items())


def posted(length: str) -> list[tuple[str, str]]:
    return list({**VARIABLES, **FORM, "CONTENT_LENGTH": length}.items())


@pytest.fixture(scope="module")
def echo(tmp_path_factory):
    with Program(program("gateway-echo"), tmp_path_factory.mktemp("echo"),
                 TIME_LIMIT=str(TIME_LIMIT)) as echo:
        yield echo
        assert echo.is_running
        assert echo.terminate() == 0


@pytest.fixture(autouse=True)
def answers_afterwards(echo):
    """Whatever a test sends, the next request is answered as if nothing had been."""
    yield
    answer = echo.ask(request())
    assert answer.status == 200
    assert (answer["email"], answer["cookie"], answer["next"]) == ("-", "-", "-")


def test_answers_a_posted_form(echo):
    answer = echo.ask(request(b"email=ada%40example.org", HTTP_COOKIE="a=b; __Host-echo=kept"))
    assert (answer.status, answer.protocol_status) == (200, REQUEST_COMPLETE)
    assert (answer["email"], answer["cookie"]) == ('"ada@example.org"', '"kept"')


def test_answers_two_requests_on_one_connection_and_mixes_nothing(echo):  # A60
    with echo.connect() as connection:
        first = connection.send(request(
            b"email=ada&user-input=x&user-input=y", keep=True, HTTP_COOKIE="__Host-echo=hers",
            QUERY_STRING="next=/hers", HTTP_ORIGIN="https://hers.example", HTTPS="on")).answer()
        assert first["email"] == '"ada"'
        second = connection.send(request(keep=True, id=7)).answer()
        assert second.status == 200
        for name in ("email", "cookie", "next", "origin", "fetch-site", "proxy"):
            assert second[name] == "-"
        assert second["user-inputs"] == '"[]"'
        assert second["https"] == '"false"'
        third = connection.send(request(b"email=grace")).answer()
        assert third["email"] == '"grace"'
        assert connection.is_closed


def test_reads_no_request_out_of_a_refused_body(echo):
    # The records in the body are what a client would write to be taken for the web server.
    forged = request(keep=True, REMOTE_ADDR="203.0.113.66")
    body = record(STDIN, b"x" * 8) * 8192 + forged
    with echo.connect() as connection:
        answer = connection.send(request(body, keep=True)).answer()
        assert answer.status == 413
        assert connection.is_closed


def test_reads_no_request_out_of_what_follows_a_body(echo):
    forged = request(keep=True, REMOTE_ADDR="203.0.113.66")
    with echo.connect() as connection:
        answer = connection.send(request(b"a=" + forged, keep=True, CONTENT_LENGTH="2")).answer()
        assert answer.status == 400
        assert connection.is_closed


@pytest.mark.parametrize("length, status, reason", [
    ("22", 400, "the body broke off"), ("1", 400, "longer than CONTENT_LENGTH"),
    ("", 411, "without CONTENT_LENGTH"), ("-7", 400, "not a number"), ("7x", 400, "not a number"),
    ("65537", 413, "longer than 65536"), ("9223372036854775808", 413, "longer than 65536"),
])
def test_refuses_a_length_that_is_not_the_bodys(echo, length, status, reason):  # A58
    answer = echo.ask(request(b"email=a", CONTENT_LENGTH=length))
    assert answer.status == status
    assert reason in answer.text


def test_refuses_a_body_that_is_too_long_before_it_is_sent(echo):
    params = pairs(posted("65537"))
    with echo.connect() as connection:
        assert connection.send(begin() + stream(PARAMS, params)).answer().status == 413


def test_takes_a_body_of_the_greatest_length(echo):
    body = b"email=" + b"a" * (65536 - 6)
    assert len(echo.ask(request(body))["email"]) == 65536 - 6 + 2


def test_survives_a_request_cut_at_any_byte(echo):
    whole = request(b"email=ada", HTTP_COOKIE="__Host-echo=kept")
    for cut in range(len(whole)):
        answer = echo.ask(whole[:cut], end=True)
        assert answer.status in (None, 400), f"cut at {cut}"


def test_survives_a_request_with_any_byte_of_its_headers_wrong(echo):
    whole = request(b"email=ada")
    params = len(begin())
    headers = [*range(params + 8), *range(len(whole) - 25, len(whole))]
    for at in headers:
        for value in (0x00, 0x01, 0x7F, 0xFF):
            changed = bytearray(whole)
            changed[at] = value
            answer = echo.ask(bytes(changed), end=True)
            assert answer.status in (None, 200, 400), f"byte {at} is {value}"


@pytest.mark.parametrize("role", [0, AUTHORIZER, FILTER, 4, 0xFFFF])
def test_takes_no_role_but_the_responders(echo, role):
    params = stream(PARAMS, pairs(PLAIN))
    answer = echo.ask(begin(role) + params + stream(STDIN, b""))
    assert (answer.status, answer.protocol_status) == (None, UNKNOWN_ROLE)


@pytest.mark.parametrize("records", [
    pytest.param(begin() + record(ABORT_REQUEST), id="before the parameters"),
    pytest.param(begin() + record(PARAMS, pairs(PLAIN)) + record(ABORT_REQUEST), id="in them"),
])
def test_answers_no_request_that_is_aborted(echo, records):
    assert echo.ask(records).status is None


def test_refuses_a_body_that_is_aborted(echo):
    params = pairs(posted("9"))
    start = begin(flags=KEEP_CONNECTION) + stream(PARAMS, params)
    with echo.connect() as connection:
        connection.send(start + record(STDIN, b"email=ada") + record(ABORT_REQUEST))
        assert connection.answer().status == 400
        assert connection.is_closed


def test_refuses_a_parameter_that_comes_twice(echo):
    params = pairs([*PLAIN, ("REMOTE_ADDR", "203.0.113.66")])
    answer = echo.ask(begin() + stream(PARAMS, params) + stream(STDIN, b""))
    assert answer.status == 500
    assert "sent REMOTE_ADDR twice" in answer.text


def test_joins_cookies_that_come_in_two_parameters(echo):
    params = pairs([*PLAIN, ("HTTP_COOKIE", "a=b"), ("HTTP_COOKIE", "__Host-echo=kept")])
    answer = echo.ask(begin() + stream(PARAMS, params) + stream(STDIN, b""))
    assert answer["cookie"] == '"kept"'


def test_gives_back_the_memory_of_great_parameters(echo):
    echo.ask(request())
    before = echo.resident
    for _ in range(100):
        assert echo.ask(request(HTTP_X="x" * (1 << 19))).status == 200
    assert echo.resident < before + (16 << 20)


def test_hangs_up_on_parameters_without_end(echo):
    assert echo.ask(request(HTTP_X="x" * (1 << 20))).status is None
    assert echo.ask(request(**{f"HTTP_X{number}": "x" * 30000 for number in range(40)})).status is None


@pytest.mark.parametrize("lengths", [
    b"\xff\xff\xff\xff\xff\xff\xff\xff", b"\xff\xff\xff\xff\x00", b"\x00\xff\xff\xff\xff",
    b"\xbf\xff\xff\xff\xbf\xff\xff\xff", b"\xff\xff\xff\xfe\xff\xff\xff\xfe", b"\x80\x00\x00\x01", b"\xff", b"\x05",
    b"\x7f\x7f",
])
def test_survives_lengths_that_nothing_follows(echo, lengths):  # CVE-2025-23016
    assert echo.ask(begin() + stream(PARAMS, lengths) + stream(STDIN, b"")).status is None


def test_takes_parameters_cut_into_records_of_one_byte(echo):
    params = b"".join(record(PARAMS, bytes([byte]), padding=3) for byte in pairs(PLAIN))
    answer = echo.ask(begin() + params + record(PARAMS) + stream(STDIN, b""))
    assert answer["path"] == '"/account/sign-in"'


def test_passes_over_the_records_of_another_request(echo):
    params = stream(PARAMS, pairs(posted("9")))
    other = record(STDIN, b"email=bob", request=2)
    answer = echo.ask(begin() + other + params + other + stream(STDIN, b"email=ada"))
    assert answer["email"] == '"ada"'


def test_refuses_a_second_request_within_the_first(echo):
    with echo.connect() as connection:
        connection.send(begin() + begin(request=2) + stream(PARAMS, pairs(PLAIN)) + stream(STDIN, b""))
        kind, id, content = connection.receive()
        assert (kind, id, content[4]) == (END_REQUEST, 2, CANT_MPX_CONN)
        assert connection.answer().status == 200


def test_answers_the_questions_of_management(echo):
    with echo.connect() as connection:
        connection.send(record(GET_VALUES, pairs([("FCGI_MPXS_CONNS", "")]), request=0) + request())
        assert connection.receive() == (GET_VALUES_RESULT, 0, pairs([("FCGI_MPXS_CONNS", "0")]))
        assert connection.answer().status == 200


def test_answers_a_question_of_management_once_however_often_it_is_asked(echo):
    with echo.connect() as connection:
        names = [("FCGI_MAX_REQS", ""), ("FCGI_MAX_CONNS", ""), ("UNKNOWN", "")] * 100
        connection.send(record(GET_VALUES, pairs(names), request=0) + request())
        assert connection.receive() == (
            GET_VALUES_RESULT, 0, pairs([("FCGI_MAX_CONNS", "1"), ("FCGI_MAX_REQS", "1")]))
        assert connection.answer().status == 200


@pytest.mark.parametrize("kind", [0, 12, 255])
def test_says_that_it_does_not_know_a_type_of_management(echo, kind):
    with echo.connect() as connection:
        connection.send(record(kind, request=0) + request())
        assert connection.receive() == (UNKNOWN_TYPE, 0, bytes([kind]) + bytes(7))
        assert connection.answer().status == 200


@pytest.mark.parametrize("records", [
    pytest.param(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", id="HTTP"),
    pytest.param(record(BEGIN_REQUEST, b"\0\1\0\0\0\0\0\0", version=2), id="another version"),
    pytest.param(record(BEGIN_REQUEST, b"\0\1"), id="a short beginning"),
    pytest.param(record(BEGIN_REQUEST, b"\0\1\0\0\0\0\0\0", request=0), id="no request id"),
    pytest.param(stream(PARAMS, pairs(PLAIN)), id="no beginning"),
    pytest.param(begin() + record(STDERR, b"x"), id="a type of the other direction"),
    pytest.param(begin() + stream(STDIN, b"x"), id="a body without parameters"),
])
def test_hangs_up_on_what_is_no_request(echo, records):
    assert echo.ask(records, end=True).status is None


POSTED = begin() + stream(PARAMS, pairs(posted("9")))


@pytest.mark.alone
@pytest.mark.parametrize("start, status", [
    pytest.param(b"", None, id="at once"),
    pytest.param(begin()[:5], None, id="in a header"),
    pytest.param(begin() + record(PARAMS, pairs(PLAIN)), None, id="in the parameters"),
    pytest.param(POSTED, 408, id="before the body"),
    pytest.param(POSTED + record(STDIN, b"email"), 408, id="in the body"),
    pytest.param(POSTED + record(STDIN, b"email=ada"), 408, id="before the end of the body"),
])
def test_waits_no_longer_than_its_time_limit(echo, start, status):  # A59
    began = time.monotonic()
    with echo.connect() as idle:
        assert idle.send(start).answer().status == status
    assert time.monotonic() - began < TIME_LIMIT + 0.5


@pytest.mark.alone
def test_serves_others_while_a_peer_neither_speaks_nor_hangs_up(echo):  # A59
    with echo.connect() as idle:
        idle.send(POSTED + record(STDIN, b"email"))
        began = time.monotonic()
        assert echo.ask(request()).status == 200
        # The limit, and a second in which the idle peer could take its answer.
        assert time.monotonic() - began < TIME_LIMIT + 1.5


@pytest.mark.alone
def test_waits_no_longer_for_a_byte_now_and_then(echo):  # A59
    whole = request(b"email=ada")
    began = time.monotonic()
    with echo.connect(timeout=0.2) as slow:
        for byte in whole:
            slow.send(bytes([byte]))
            try:
                assert slow.is_closed
                break
            except TimeoutError:
                continue
    assert time.monotonic() - began < TIME_LIMIT + 0.5


@pytest.mark.alone
def test_serves_others_while_a_connection_is_kept_unused(echo):
    with echo.connect() as kept:
        assert kept.send(request(keep=True)).answer().status == 200
        began = time.monotonic()
        assert echo.ask(request()).status == 200
        assert time.monotonic() - began < TIME_LIMIT + 0.5


def test_survives_a_web_server_that_does_not_wait_for_the_answer(echo):
    for _ in range(50):
        with echo.connect() as connection:
            connection.send(request(b"email=" + b"a" * 60000))
