"""Files behind the gate that the program itself hands out, as plain CGI and as FastCGI."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from harness import fastcgi
from harness.people import SESSION, new_person
from harness.site import QUICK, Site, program

PLAN = b"0123456789abcdefghij\n"


@dataclass
class Reply:
    """What the program wrote."""

    status: int
    fields: dict[str, str]
    body: bytes

    def __init__(self, output: bytes):
        head, _, self.body = output.partition(b"\r\n\r\n")
        status, *fields = head.decode().split("\r\n")
        self.status = int(status.split(" ")[1])
        self.fields = dict(field.split(": ", 1) for field in fields)


@dataclass
class Library:
    """A site that hands files out, one edge of its program, and a member of it."""

    site: Site
    files: Path
    edge: str
    cookie: str

    def ask(self, path: str, method: str = "GET", signed_in: bool = True, **fields: str) -> Reply:
        """Asks for a path as a web server hands it over, decoded, with the header fields of these variables."""
        variables = dict(fastcgi.variables("", method, SCRIPT_NAME="/members", PATH_INFO=path.removeprefix("/members")))
        variables |= {"REQUEST_URI": path, **fields} | ({"HTTP_COOKIE": self.cookie} if signed_in else {})
        if self.edge == "fastcgi":
            return Reply(fastcgi.exchange(self.site.socket, wire(variables)))
        ended = subprocess.run(
            [program("account")], capture_output=True, timeout=20, check=True,
            env={os.fsencode(name): os.fsencode(value) for name, value in variables.items()}
            | {b"POSTERN_DATA": os.fsencode(self.site.data)})
        return Reply(ended.stdout)


def wire(variables: dict[str, str]) -> bytes:
    """A request with these variables."""
    parameters = fastcgi.stream(fastcgi.PARAMS, fastcgi.pairs(list(variables.items())))
    return fastcgi.begin() + parameters + fastcgi.record(fastcgi.STDIN)


@pytest.fixture(scope="module")
def shelves(tmp_path_factory):
    files = tmp_path_factory.mktemp("private")
    members = files / "members"
    (members / "board").mkdir(parents=True)
    (members / "empty").mkdir()
    (members / "index.html").write_text("<!doctype html><title>Members</title>")
    (members / "plan.txt").write_bytes(PLAN)
    (members / "nothing.txt").touch()
    (members / "a b%é.PDF").write_bytes(b"%PDF-1.7")
    (members / "board" / "minutes.csv").write_text("day\n")
    (members / ".secret").write_text("secret")
    (members / ".git").mkdir()
    (members / ".git" / "config").write_text("secret")
    (files / "secret.txt").write_text("secret")
    os.symlink("/etc/passwd", members / "passwd")
    os.symlink("plan.txt", members / "link.txt")
    os.symlink("/etc", members / "etc")
    os.symlink(files, members / "board" / "up")
    os.mkfifo(members / "pipe")
    with Site(tmp_path_factory.mktemp("site"), {**QUICK, "private-files": str(files)}) as site:
        rules = site.data / "postern.conf"
        rules.write_text(rules.read_text() + "gate /members/ signed-in\ngate /members/board/ group board\n")
        cookie = f"{SESSION}={new_person(site).visitor.cookies[SESSION]}"
        yield site, files, cookie


@pytest.fixture(params=["cgi", "fastcgi"])
def library(request, shelves) -> Library:
    site, files, cookie = shelves
    return Library(site, files, request.param, cookie)


def test_hands_a_file_out_to_members(library):
    reply = library.ask("/members/plan.txt")
    assert (reply.status, reply.body) == (200, PLAN)
    assert reply.fields["Content-Type"] == "text/plain; charset=utf-8"
    assert reply.fields["Content-Length"] == "21"
    assert reply.fields["Accept-Ranges"] == "bytes"
    assert reply.fields["Cache-Control"] == "private, no-cache"
    assert reply.fields["X-Content-Type-Options"] == "nosniff"
    assert reply.fields["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'; img-src 'self'; ")


@pytest.mark.parametrize("path, media_type, body", [
    ("/members/", "text/html; charset=utf-8", b"<!doctype html><title>Members</title>"),
    ("/members/index.html", "text/html; charset=utf-8", b"<!doctype html><title>Members</title>"),
    ("/members//./x/../plan.txt", None, None), ("/members//plan.txt", "text/plain; charset=utf-8", PLAN),
    ("/members/a b%é.PDF", "application/pdf", b"%PDF-1.7"), ("/members/nothing.txt", "text/plain; charset=utf-8", b""),
])
def test_finds_what_lies_at_a_path(library, path, media_type, body):
    reply = library.ask(path)
    if body is None:
        assert reply.status == 400
    else:
        assert (reply.status, reply.fields["Content-Type"], reply.body) == (200, media_type, body)
        assert reply.fields["Content-Length"] == str(len(body))


def test_leads_to_the_slash_of_a_directory(library):
    reply = library.ask("/members")
    assert (reply.status, reply.fields["Location"]) == (303, "/members/")
    assert library.ask("/members/empty").fields["Location"] == "/members/empty/"


@pytest.mark.parametrize("path", [
    "/members/none.txt", "/members/empty/", "/members/.secret", "/members/.git/config", "/members/plan.txt/",
    "/members/plan.txt/x", "/members/pipe", "/members/passwd", "/members/link.txt", "/members/etc/passwd",
    "/members/" + "x" * 300, "/members/PLAN.TXT", "/members/plan.txt ",
])
def test_A61_A64_hands_out_nothing_else(library, path):
    reply = library.ask(path)
    assert reply.status == 404 and "no-store" in reply.fields["Cache-Control"]
    assert b"root:" not in reply.body and PLAN not in reply.body


@pytest.mark.parametrize("path", [
    "/members/../secret.txt", "/members/..", "/members/%2e%2e/secret.txt", "/members/..\\secret.txt",
    "/members/board/../../secret.txt", "/members/./../secret.txt",
])
def test_A61_no_path_leads_out(library, path):
    reply = library.ask(path)
    assert reply.status in (400, 404) and b"secret" not in reply.body


def test_A68_hands_out_nothing_to_others_and_leads_them_to_sign_in_and_back(library):
    for path in ("/members/", "/members/plan.txt", "/members/none.txt", "/members", "/members//plan.txt"):
        reply = library.ask(path, signed_in=False)
        assert reply.status == 303 and PLAN not in reply.body
        assert reply.fields["Location"].startswith("/account/sign-in?notice=please-sign-in&next=%2Fmembers")
    reply = library.ask("/members/plan.txt", signed_in=False, HTTP_RANGE="bytes=0-1", HTTP_IF_NONE_MATCH="*")
    assert (reply.status, reply.fields["Location"]) == (
        303, "/account/sign-in?notice=please-sign-in&next=%2Fmembers%2Fplan.txt")
    reply = library.ask("/members/plan.txt", signed_in=False, QUERY_STRING="part=2&of=%2Fa")
    assert reply.fields["Location"].endswith("&next=%2Fmembers%2Fplan.txt%3Fpart%3D2%26of%3D%252Fa")


def test_heeds_the_longest_rule(library):
    reply = library.ask("/members/board/minutes.csv")
    assert reply.status == 403 and b"day" not in reply.body
    assert library.ask("/members/board/up/members/plan.txt").status == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_answers_no_other_method(library, method):
    reply = library.ask("/members/plan.txt", method, CONTENT_LENGTH="0")
    assert (reply.status, reply.fields["Allow"]) == (405, "GET, HEAD")


def test_answers_head_without_the_file(library):
    get, head = library.ask("/members/plan.txt"), library.ask("/members/plan.txt", "HEAD")
    assert (head.status, head.body, head.fields) == (200, b"", get.fields)


@pytest.mark.parametrize("field, status, part", [
    ("bytes=0-9", 206, slice(0, 10)), ("bytes=10-", 206, slice(10, 21)), ("bytes=-1", 206, slice(20, 21)),
    ("bytes=5-5", 206, slice(5, 6)), ("bytes=0-999", 206, slice(0, 21)), ("bytes=0-0,5-6", 200, slice(0, 21)),
    ("lines=1-2", 200, slice(0, 21)),
])
def test_hands_out_a_part(library, field, status, part):
    reply = library.ask("/members/plan.txt", HTTP_RANGE=field)
    assert (reply.status, reply.body) == (status, PLAN[part])
    assert reply.fields["Content-Length"] == str(part.stop - part.start)
    expected = f"bytes {part.start}-{part.stop - 1}/21" if status == 206 else None
    assert reply.fields.get("Content-Range") == expected


def test_says_how_long_a_file_is_to_whom_wants_what_is_behind_it(library):
    reply = library.ask("/members/plan.txt", HTTP_RANGE="bytes=21-")
    assert (reply.status, reply.fields["Content-Range"], reply.body) == (416, "bytes */21", b"")


def test_sends_a_file_once(library):
    first = library.ask("/members/plan.txt")
    tag, date = first.fields["ETag"], first.fields["Last-Modified"]
    for fields in ({"HTTP_IF_NONE_MATCH": tag}, {"HTTP_IF_MODIFIED_SINCE": date}):
        reply = library.ask("/members/plan.txt", **fields)
        assert (reply.status, reply.body, reply.fields["ETag"]) == (304, b"", tag)
        assert "Content-Length" not in reply.fields and reply.fields["Cache-Control"] == "private, no-cache"
    part = {"HTTP_RANGE": "bytes=0-1"}
    assert library.ask("/members/plan.txt", **part, HTTP_IF_RANGE=tag).status == 206
    os.utime(library.files / "members" / "plan.txt", (1_000_000_000, 1_000_000_000))
    assert library.ask("/members/plan.txt", HTTP_IF_NONE_MATCH=tag).status == 200
    reply = library.ask("/members/plan.txt", **part, HTTP_IF_RANGE=tag)
    assert (reply.status, reply.body) == (200, PLAN)
    # RFC 9110 §5.6.7, by date(1): the billionth second.
    assert reply.fields["Last-Modified"] == "Sun, 09 Sep 2001 01:46:40 GMT"
    (library.files / "members" / "plan.txt").touch()


def test_a_large_file_takes_no_more_memory_than_a_small_one(shelves):
    site, files, cookie = shelves
    length = 96 << 20
    large = files / "members" / "large.bin"
    with large.open("wb") as file:
        file.truncate(length)
    variables = dict(fastcgi.variables("", SCRIPT_NAME="/members", PATH_INFO="/large.bin", HTTP_COOKIE=cookie))
    with fastcgi.connect(site.socket) as connection:
        connection.sendall(wire(variables))
        count = 0
        while part := connection.recv(1 << 20):
            count += len(part)
    large.unlink()
    # Each record has a header of eight bytes.
    assert length < count < length + length // 8000 + 4096
    for pid in (site.run / "account.pids").read_text().split():
        peak = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM"))
        assert int(peak.split()[1]) < 64 << 10


def test_P21_the_data_directory_is_never_handed_out(shelves, tmp_path):
    site, files, _ = shelves
    for path in (site.data, site.data.parent, site.data / "accounts"):
        site.configure({"private-files": str(path)})
        doctor = site.operator("doctor")
        answer = site.visitor().get("/account/sign-in")
        site.configure({"private-files": str(files)})
        assert answer.status == 503
        assert "'private-files' must be apart from the data directory" in doctor.stdout + doctor.stderr
    site.configure({"private-files": str(tmp_path / "none")})
    doctor = site.operator("doctor")
    site.configure({"private-files": str(files)})
    assert f"{tmp_path}/none: this user cannot read it" in doctor.stdout + doctor.stderr
    assert site.visitor().get("/account/sign-in").status == 200
