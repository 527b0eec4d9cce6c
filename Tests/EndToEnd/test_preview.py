"""`postern preview`: everything that there is to see of a site, for this machine alone."""

import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
from harness.preview import Preview, listed
from harness.site import ROOT, program


@pytest.fixture(scope="module")
def preview():
    with Preview() as preview:
        yield preview


@pytest.fixture
def copy(tmp_path) -> Path:
    """A copy of the demo's site."""
    shutil.copytree(ROOT / "site", tmp_path / "site")
    return tmp_path / "site"


def raw(preview: Preview, request: bytes) -> bytes:
    """What comes for bytes that are sent as they are."""
    with socket.create_connection(("127.0.0.1", preview.port), 10) as connection:
        connection.sendall(request)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


def test_the_help_has_an_example():
    helped = subprocess.run([program("postern"), "preview", "--help"], capture_output=True, text=True, check=True)
    assert "  postern preview site --port 8081\n" in helped.stdout


def test_one_page_lists_everything(preview):
    links = set(re.findall(r'<a href="([^"]+)"', preview.get("/preview/").decode()))
    assert links == set(listed())
    for path in ["/", "/styleguide/", "/404.html", "/preview/en/sign-in/problem-throttled",
                 "/preview/en/account/long", "/preview/mirrored/sign-up/plain", "/preview/en/verify-mail/plain.html",
                 "/preview/en/security-mail/what-app-added.txt", "/preview/en/code-message/plain.txt"]:
        assert path in links


def test_each_thing_has_its_type(preview):
    sheet = re.search(r'"stylesheet" href="([^"]+)"', preview.get("/").decode())[1]
    for path, media_type in [
        ("/", "text/html; charset=utf-8"), ("/preview/", "text/html; charset=utf-8"),
        ("/preview/en/sign-in/plain", "text/html; charset=utf-8"),
        ("/preview/en/verify-mail/plain.html", "text/html; charset=utf-8"),
        ("/preview/en/verify-mail/plain.txt", "text/plain; charset=utf-8"),
        (sheet, "text/css; charset=utf-8"), ("/robots.txt", "text/plain; charset=utf-8"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
    ]:
        answer = preview.ask(path)
        assert (answer.status, answer.headers["Content-Type"]) == (200, media_type), path


def test_S54_pages_stand_under_the_policy_of_the_real_site(preview):
    [policy] = re.findall(
        r'add_header Content-Security-Policy "(.*?)"', (ROOT / "hosting/nginx/postern.conf").read_text())
    assert preview.ask("/").headers["Content-Security-Policy"] == policy
    for path in ["/preview/", "/preview/en/sign-in/plain"]:
        headers = preview.ask(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
    mail = preview.ask("/preview/en/verify-mail/plain.html").headers["Content-Security-Policy"]
    assert mail == "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def test_a_mail_is_seen_with_its_subject(preview):
    text = preview.get("/preview/en/verify-mail/name.txt").decode()
    assert text.startswith("Subject: ")
    assert "Rowan Ash" in text and "https://millbrook.example.org/account/verify?token=" in text


def test_only_this_machine_is_listened_to(preview):
    listening = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
                 if line.split()[3] == "0A"]
    assert f"0100007F:{preview.port:04X}" in listening
    assert f"00000000:{preview.port:04X}" not in listening


@pytest.mark.parametrize("host, status", [
    (b"Host: localhost:PORT", 200), (b"Host: 127.0.0.1:PORT", 200), (b"host:LOCALHOST:PORT", 200),
    (b"Host: evil.test:PORT", 421), (b"Host: localhost", 421), (b"Host: localhost.evil.test:PORT", 421),
    (b"X: y", 400), (b"Host: localhost:PORT\r\nHost: evil.test", 400),
])
def test_a_name_that_was_made_to_lead_here_is_refused(preview, host, status):
    answer = raw(preview, b"GET / HTTP/1.1\r\n" + host.replace(b"PORT", str(preview.port).encode()) + b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert (b"Millbrook" in answer) == (status == 200)


@pytest.mark.parametrize("path, status", [
    ("/../forms.seg", 400), ("/%2e%2e/forms.seg", 400), ("/assets/..%2f..%2fforms.seg", 400), ("/.postern-site", 404),
    ("/.server/nginx.conf", 404), ("/nothing", 404), ("/preview/en/nothing/plain", 404), ("/help", 303),
    ("/account/sign-in?next=/members/", 303), ("/account/check", 303),
])
def test_nothing_else_is_served(preview, path, status):
    answer = preview.ask(path)
    assert answer.status == status
    if status == 303:
        assert preview.ask(answer.headers["Location"]).status == 200


def test_forms_lead_nowhere(preview):
    answer = preview.ask("/account/sign-in", "POST", body=b"email=" + b"x" * 200_000)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert b"Go back" in answer.content


def test_HEAD_has_no_body(preview):
    answer = raw(preview, b"HEAD / HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % preview.port)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"Content-Length: %d\r\n" % len(preview.get("/")) in head + b"\r\n"
    assert body == b""


def test_whoever_is_slow_holds_up_nobody(preview):
    with socket.create_connection(("127.0.0.1", preview.port), 10) as slow:
        slow.sendall(b"GET / HT")
        assert preview.ask("/").status == 200
        slow.sendall(b"TP/1.1\r\nHost: localhost:%d\r\n\r\n" % preview.port)
        assert slow.recv(12) == b"HTTP/1.1 200"
    assert raw(preview, b"GET /" + b"x" * 20_000).startswith(b"HTTP/1.1 400 ")


def test_what_changes_is_seen_at_the_next_reload(copy, tmp_path):
    place = tmp_path / "tmp"
    place.mkdir()
    form = copy / "forms" / "sign-in.html"
    good = form.read_text()
    with Preview(copy, TMPDIR=str(place)) as preview:
        form.write_text(good.replace("<form", "<p>Welcome back.</p>\n<form"))
        assert b"Welcome back." in preview.get("/preview/en/sign-in/plain")
        lines = good.splitlines()
        form.write_text(good + "<p>{{t sign-in.nothing}}</p>\n")
        for path in ["/preview/", "/preview/en/sign-in/plain", "/"]:
            broken = preview.ask(path)
            assert broken.status == 500
            assert (f'sign-in.html:{len(lines) + 1}:8: no text &quot;sign-in.nothing&quot; for &quot;en&quot;'
                    .encode()) in broken.content
            assert b"\n&lt;p&gt;{{t sign-in.nothing}}&lt;/p&gt;\n       ^\n" in broken.content
        assert preview.terminal.readline().startswith(f"{form}:{len(lines) + 1}:8: no text")
        form.write_text(good)
        assert b"Welcome back." not in preview.get("/preview/en/sign-in/plain")
        (copy / "pages" / "new.md").write_text("---\ntitle: New\n---\nSeeds.\n")
        deadline = time.monotonic() + 10
        while b'href="/new/"' not in preview.get("/preview/"):
            assert time.monotonic() < deadline
    assert preview.end_status == 0
    assert not any(place.iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "tmp"]


def test_what_cannot_be_done_is_said(preview, copy, tmp_path):
    def run(*arguments: object) -> tuple[int, str]:
        tried = subprocess.run(
            [program("postern"), "preview", *map(str, arguments)], capture_output=True, text=True, timeout=20)
        return tried.returncode, tried.stderr

    status, error = run(copy, "--port", preview.port)
    assert status == 69
    assert error == (f"postern: error: port {preview.port}: Address already in use\n"
                     "postern: hint: name another: postern preview --port 8082\n")
    assert run(tmp_path / "nowhere") == (
        66, f"postern: error: {tmp_path}/nowhere: no site.yml here\n"
            "postern: hint: name the directory in which the site's site.yml lies\n")
    (copy / "forms" / "sign-in.html").unlink()
    status, error = run(copy, "--list")
    assert status == 1 and '"sign-in"' in error
