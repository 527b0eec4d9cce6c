"""Transport, FastCGI, CGI and files: lines A52 to A64 of the list of attacks."""

import os
import random
import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from harness import fastcgi
from harness.people import PASSWORD, SESSION, is_signed_in, new_person, sign_in, sign_up
from harness.site import Site, program
from harness.visitor import urlencoded

LINE_BREAKS = ["\r\nX-Evil: 1", "\nX-Evil: 1", "\rX-Evil: 1", "%0d%0aX-Evil: 1", "\u560d\u560aX-Evil: 1", "\0"]


@pytest.mark.parametrize("bytes_in", LINE_BREAKS)
def test_A52_nothing_that_was_typed_begins_a_header(site, person, bytes_in):
    visitor = site.visitor()
    answers = [
        sign_in(visitor, "a@example.org" + bytes_in, "x"),
        sign_in(visitor, person.address, person.password, next="/members/" + bytes_in),
        visitor.fill("/account/reset", {"email": "a@example.org" + bytes_in}),
    ]
    for answer in answers:
        assert answer.status < 500
        assert answer.header("X-Evil") is None
        assert "X-Evil" not in "".join(value for _, value in answer.headers)


@pytest.mark.parametrize("address", [
    "a@example.org\r\nBcc: evil@example.net", "a@example.org\nBcc: evil@example.net", "a@example.org, evil@example.net",
    "=?utf-8?q?evil=40example.net?= <a@example.org>", "\"evil@example.net\"@example.org", "a@example.org\r\n.\r\nMAIL",
    "-oQ/tmp@example.org", "a@example.org\n.\n",
])
def test_A53_nothing_that_was_typed_begins_a_header_of_a_message(site, address):
    for path in ("/account/sign-up", "/account/reset"):
        site.visitor().fill(path, {"email": address, "password": PASSWORD})
    site.mailbox.settle()
    assert not site.mailbox.unread("evil@example.net")
    for _, message in site.mailbox.messages():
        assert message.parsed["Bcc"] is None
        assert len(message.parsed.get_all("To")) == 1


@pytest.mark.parametrize("query", [
    "user+delete+alice", "--help", "-T+x", "%2d%2dhelp", "init+/tmp/x", "--data+/etc", "keys+rotate",
])
def test_A56_D5_a_query_is_never_a_command(site, query):
    plain = site.visitor().get("/account/sign-in")
    answer = site.visitor().get(f"/account/sign-in?{query}")
    assert (answer.status, answer.page.title) == (plain.status, plain.page.title)


def cgi(site, *arguments: str, body: bytes = b"", method: str = "GET", path="/account/sign-in", **more: str):
    """Runs `account` as a plain CGI program."""
    environment = dict(fastcgi.variables(path, method, **more)) | {"POSTERN_DATA": str(site.data)}
    return subprocess.run(
        [program("account"), *arguments], input=body, capture_output=True, env=environment, timeout=20)


@pytest.mark.parametrize("arguments", [["--help"], ["user", "delete", "alice"], ["--data", "/etc"]])
def test_A56_arguments_are_ignored_under_cgi(site, arguments):
    plain, answer = cgi(site), cgi(site, *arguments)
    assert plain.stdout.startswith(b"Status: 200")
    assert answer.returncode == plain.returncode == 0
    assert answer.stdout.partition(b"\r\n\r\n")[0].count(b"\r\n") == plain.stdout.partition(b"\r\n\r\n")[0].count(b"\r\n")
    assert b"<title>" in answer.stdout and b"usage" not in answer.stdout.lower() + answer.stderr.lower()


def status_of(stdout: bytes) -> int:
    return int(re.match(rb"Status: (\d{3})", stdout)[1])


@pytest.mark.parametrize("content_length, expected", [
    (None, 411), ("", 411), ("-1", 400), ("+5", 400), ("5x", 400), ("0x10", 400), ("1e3", 400), (" 5", 400),
    ("65537", 413), ("9223372036854775808", 413), ("99999999999999999999999999", 413),
])
def test_A58_P9_a_length_that_is_missing_or_lies_is_refused(site, content_length, expected):
    more = {"CONTENT_TYPE": "application/x-www-form-urlencoded"}
    if content_length is not None:
        more["CONTENT_LENGTH"] = content_length
    assert status_of(cgi(site, body=b"email", method="POST", **more).stdout) == expected
    wire = fastcgi.request("/account/sign-in", b"email", method="POST", **more)
    assert status_of(fastcgi.exchange(site.socket, wire)) == expected


@pytest.mark.parametrize("length", ["4", "6"])
def test_A57_a_body_that_is_not_as_long_as_its_length_says_is_refused(site, length):
    more = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": length}
    wire = fastcgi.request("/account/sign-in", b"email", method="POST", **more)
    assert status_of(fastcgi.exchange(site.socket, wire)) == 400


@pytest.mark.parametrize("body, status", [(b"email=a&x", 403), (b"email=%zz", 400)])
def test_A58_a_chunked_form_is_heard_through_nginx(site, body, status):
    # Without a cookie a good form is answered 403; a malformed one can only be seen by who reads it.
    answer = site.exchange(
        b"POST /account/sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))
    assert answer.startswith(b"HTTP/1.1 %d " % status)


@pytest.mark.parametrize("body", [
    "email=a&email=b", "email=%zz", "email=%", "email=%4", "=x", "email=%00", "email=%ff%fe",
    "&".join(f"f{number}=x" for number in range(500)),
])
def test_P9_a_malformed_form_is_refused(site, body):
    visitor = site.visitor()
    visitor.get("/account/sign-in")
    assert visitor.request("POST", "/account/sign-in", body.encode()).status == 400


def damaged_requests():
    """Wires that no web server would send, drawn with a fixed seed."""
    whole = fastcgi.request("/account/sign-in")
    yield from (whole[:count] for count in range(0, len(whole), 7))
    yield fastcgi.record(fastcgi.BEGIN_REQUEST, b"\0\1\0\0\0\0\0\0", version=2)
    yield fastcgi.begin(role=fastcgi.FILTER) + whole[16:]
    yield fastcgi.begin(role=99) + whole[16:]
    yield fastcgi.begin() + fastcgi.record(fastcgi.ABORT_REQUEST)
    yield fastcgi.begin(request=1) + fastcgi.record(fastcgi.PARAMS, b"", 2) + whole[16:]
    yield fastcgi.begin() + fastcgi.record(fastcgi.PARAMS, b"\xff\xff\xff\xff\xff\xff\xff\xff") + whole[16:]
    yield fastcgi.begin() + fastcgi.record(fastcgi.PARAMS, b"\x05\x05PATH") + fastcgi.record(fastcgi.PARAMS)
    yield fastcgi.begin() + fastcgi.record(99, b"x" * 65535) + whole[16:]
    yield fastcgi.begin() + b"".join(
        fastcgi.record(fastcgi.PARAMS, fastcgi.pairs([(f"HTTP_X{number}", "x" * 60000)])) for number in range(50)
    ) + fastcgi.record(fastcgi.PARAMS) + fastcgi.record(fastcgi.STDIN)
    twice = [("REQUEST_METHOD", "GET"), ("REQUEST_METHOD", "POST")]
    yield fastcgi.begin() + fastcgi.record(fastcgi.PARAMS, fastcgi.pairs(twice)) + fastcgi.record(
        fastcgi.PARAMS) + fastcgi.record(fastcgi.STDIN)
    draw = random.Random(57)
    for _ in range(300):
        wire = bytearray(whole)
        for _ in range(draw.randint(1, 8)):
            wire[draw.randrange(len(wire))] = draw.randrange(256)
        yield bytes(wire)


def test_A57_no_damaged_wire_ends_a_worker(tmp_path):
    with Site(tmp_path) as site:
        workers = (site.run / "account.pids").read_text().split()
        for wire in damaged_requests():
            answer = fastcgi.exchange(site.socket, wire)
            assert b"root:" not in answer
        for worker in workers:
            os.kill(int(worker), 0)
        assert site.visitor().get("/account/sign-in").status == 200


def test_A59_a_client_that_says_nothing_does_not_hold_a_worker_for_ever(tmp_path):
    with Site(tmp_path, workers=1) as site:
        more = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": "100"}
        begun = fastcgi.begin() + fastcgi.record(
            fastcgi.PARAMS, fastcgi.pairs(fastcgi.variables("/account/sign-in", "POST", **more))
        ) + fastcgi.record(fastcgi.PARAMS)
        with fastcgi.connect(site.socket) as idle:
            idle.sendall(begun)
            begin = time.monotonic()
            assert site.visitor().get("/account/sign-in").status == 200
            assert time.monotonic() - begin < 25


def test_A60_nothing_of_a_request_is_in_the_next(tmp_path):
    with Site(tmp_path, workers=1) as site:
        person = new_person(site)
        stranger = site.visitor()
        clean = stranger.get("/account/sign-in")
        for _ in range(20):
            assert person.visitor.get("/account/").status == 200
            answer = site.visitor().get("/account/sign-in")
            assert person.address not in answer.text
            assert "Sign out" not in answer.text
            assert len(answer.body) == len(clean.body)
            assert site.visitor().get("/account/").status == 303


def test_A60_two_requests_on_one_connection_do_not_meet(tmp_path):
    with Site(tmp_path, workers=1) as site:
        person = new_person(site)
        cookie = {"HTTP_COOKIE": f"{SESSION}={person.visitor.cookies[SESSION]}"}
        with fastcgi.connect(site.socket) as connection:
            connection.sendall(fastcgi.request("/account/", flags=fastcgi.KEEP_CONNECTION, **cookie))
            own = fastcgi.output(connection)
            connection.sendall(fastcgi.request("/account/", flags=fastcgi.KEEP_CONNECTION))
            other = fastcgi.output(connection)
        assert person.address.encode() in own
        assert status_of(other) == 303 and person.address.encode() not in other


@pytest.mark.parametrize("text", [
    "../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "a\0b", "x" * 300, ".lock", "/etc/passwd", "con", "",
    "....//....//etc/passwd",
])
def test_A61_P20_nothing_that_was_typed_is_a_path(site, person, text):
    answers = [
        person.visitor.fill("/account/sessions", {"session": text}),
        sign_in(site.visitor(), text, "x"),
        sign_in(site.visitor(), text + "@example.org", "x"),
        site.visitor().fill("/account/reset", {"email": text + "@example.org"}),
        site.visitor().get("/account/" + urlencoded({"x": text})[2:]),
        site.visitor().get("/account/verify?" + urlencoded({"token": text})),
        site.visitor().get("/account/sign-in", **{"Accept-Language": text.replace("\0", "")}),
    ]
    for answer in answers:
        assert answer.status < 500
        assert "root:" not in answer.text
    assert is_signed_in(person.visitor)


def test_A61_A63_P21_files_are_private_and_their_names_tell_nothing(site, person):
    sign_in(site.visitor(), "plainly-visible@example.org", "x")
    for path in [site.data, *site.data.rglob("*")]:
        if path.is_socket():
            continue
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
        name = str(path.relative_to(site.data))
        assert "@" not in name or name.startswith("mail/"), path
        assert person.address.partition("@")[0] not in name and "plainly" not in name


def test_A62_A63_S64_a_directory_that_others_may_read_is_not_served(tmp_path):
    with Site(tmp_path, settings={}) as site:
        new_person(site)
        site.data.chmod(0o755)
        doctor = site.operator("doctor")
        assert doctor.returncode == 1 and str(site.data) in doctor.stdout + doctor.stderr
        site.stop()
        site.data.chmod(0o755)
        answer = cgi(site)
        assert status_of(answer.stdout) == 503
        site.data.chmod(0o700)
        site.start()
        assert site.operator("doctor").returncode == 0


def test_A62_S64_an_unreadable_account_fails_closed(tmp_path):
    with Site(tmp_path) as site:
        person = new_person(site)
        files = [path for path in site.data.rglob("*")
                 if path.is_file() and "mail" not in path.parts and person.address.encode() in path.read_bytes()
                 and path.read_bytes().startswith(b"account ")]
        assert len(files) == 1
        whole = files[0].read_bytes()
        for damage in (b"", b"account 9\n", whole[: len(whole) // 2], whole + b"x", b"\0" * len(whole)):
            files[0].write_bytes(damage)
            answer = person.visitor.get("/account/")
            assert answer.status == 503 and answer.header("Retry-After")
            assert "line" not in answer.text and str(site.data) not in answer.text
            assert person.sign_in(site.visitor()).status == 503
            assert sign_up(site.visitor(), person.address).status in (303, 503)
            assert files[0].read_bytes() == damage
            assert site.operator("doctor").returncode == 1
        files[0].write_bytes(whole)
        assert is_signed_in(person.visitor)


def test_A62_P18_many_who_write_one_account_at_once_lose_nothing(site, person):
    visitors = [site.visitor() for _ in range(20)]
    for visitor in visitors:
        visitor.get("/account/sign-in")
    with ThreadPoolExecutor(len(visitors)) as pool:
        answers = list(pool.map(
            lambda visitor: visitor.post(
                "/account/sign-in", {"email": person.address, "password": person.password}), visitors))
    accepted = [visitor for visitor, answer in zip(visitors, answers) if answer.status == 303]
    assert {answer.status for answer in answers} <= {303, 503} and accepted
    assert all(is_signed_in(visitor) for visitor in accepted)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "PROPFIND", "FOO"])
def test_A74_a_method_that_is_not_meant_is_refused(site, method):
    answer = site.visitor().request(method, "/account/sign-in", b"")
    assert answer.status == 405
    assert {name.strip() for name in answer.header("Allow").split(",")} == {"GET", "HEAD", "POST"}


def test_A74_a_method_is_not_overridden(site, person):
    answer = person.visitor.get(
        "/account/sign-out?_method=POST", **{"X-HTTP-Method-Override": "POST", "X-Method-Override": "POST"})
    assert answer.status in (200, 303, 405)
    assert is_signed_in(person.visitor)
    assert site.visitor().request("TRACE", "/account/").status == 405


def test_A75_a_page_with_a_token_is_not_compressed(site):
    assert site.visitor().get("/account/sign-in", **{"Accept-Encoding": "gzip"}).header("Content-Encoding") is None
