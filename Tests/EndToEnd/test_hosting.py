"""What a site answers behind each web server, as `hosting/` sets it up: pages, errors, and the traps of each server."""

import gzip
import os
import re
import shutil
import signal
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from harness.people import PASSWORD, new_person, sign_in
from harness.site import ROOT, SERVERS, Site, program
from harness.visitor import Answer

PUBLIC = ROOT / "public"
STYLES, PICTURE = (f"/assets/{next(PUBLIC.glob(f'assets/*.{kind}')).name}" for kind in ("css", "svg"))
HTML, SECRET = "text/html; charset=utf-8", "v1.secret-of-a-link"

# Those that read the site's own configuration and not a customer's file.
KNOWS_REDIRECTS = ("nginx", "apache", "apache-fcgid")


@pytest.fixture(scope="module", params=SERVERS)
def site(request, tmp_path_factory):
    with Site(tmp_path_factory.mktemp(request.param), server=request.param) as site:
        yield site


@pytest.fixture(scope="module")
def person(site):
    """Somebody with an account, for whom others would like to be taken."""
    return new_person(site)


def raw(site: Site, *lines: str, body: bytes = b"") -> bytes:
    """What comes back for a request that is written line by line."""
    return site.exchange("\r\n".join([*lines, "Connection: close", "", ""]).encode() + body)


def status(answer: bytes) -> int:
    return int(answer.split()[1])


def is_of_the_site(answer: Answer) -> bool:
    """Whether a page looks like those of the site, and names no server."""
    return answer.header("Content-Type") == HTML and 'class="tag"' in answer.text and not re.search(
        r"nginx|apache|lighttpd|caddy", answer.text, re.IGNORECASE)


# Static pages

@pytest.mark.parametrize("path, expected", [
    ("/", 200), ("/help/", 200), (STYLES, 200), ("/.well-known/change-password", 303), ("/nothing-here", 404),
])
def test_S53_every_answer_is_protected(site, path, expected):
    answer = site.visitor().get(path)
    assert answer.status == expected
    assert answer.all("Content-Security-Policy")[0].startswith("default-src 'none'; ")
    assert answer.all("X-Content-Type-Options") == ["nosniff"]
    assert answer.all("Referrer-Policy") == ["no-referrer"]
    assert answer.all("Cross-Origin-Opener-Policy") == ["same-origin"]
    # Browsers heed it over TLS alone.
    assert answer.all("Strict-Transport-Security") == []


def test_S53_the_programs_own_protection_is_not_doubled(site):
    for path in ("/account/sign-in", "/account/", "/account/nothing-here", "/score"):
        answer = site.visitor().get(path)
        for name in ("Content-Security-Policy", "X-Content-Type-Options", "Cache-Control"):
            assert len(answer.all(name)) == 1, name
        assert len(answer.all("Content-Type")) == (answer.status != 303)
        # It is for the web server, which makes another line of it.
        assert answer.all("Status") == []
        assert answer.header("Cache-Control") == "no-store"


@pytest.mark.parametrize("path, kind", [
    ("/", HTML), ("/help/", HTML), (STYLES, "text/css(; ?charset=utf-8)?"), (PICTURE, r"image/svg\+xml"),
])
def test_what_the_build_has_compressed_goes_out_so(site, path, kind):
    plain = site.visitor().get(path)
    packed = site.visitor().get(path, Accept_Encoding="br;q=0.1, gzip, deflate")
    assert (plain.header("Content-Encoding"), packed.header("Content-Encoding")) == (None, "gzip")
    file = PUBLIC / (path.strip("/") + "/index.html" if path.endswith("/") else path).strip("/")
    assert packed.body == file.with_name(file.name + ".gz").read_bytes()
    assert gzip.decompress(packed.body) == plain.body == file.read_bytes()
    for answer in (plain, packed):
        assert re.fullmatch(kind, answer.header("Content-Type"))
        assert "accept-encoding" in ",".join(answer.all("Vary")).lower()


def test_A75_what_the_programs_answer_is_never_compressed(site):
    for path in ("/account/sign-in", "/account/reset", "/score"):
        assert site.visitor().get(path, Accept_Encoding="gzip, br, deflate").header("Content-Encoding") is None


def test_assets_are_kept_and_pages_are_not(site):
    assert "immutable" in site.visitor().get(STYLES).header("Cache-Control")
    assert "immutable" not in (site.visitor().get("/").header("Cache-Control") or "")


def test_S72_HEAD_is_GET_without_a_body(site):
    for path in ("/", "/nothing-here", "/account/sign-in", STYLES):
        get, head = (site.visitor().request(method, path) for method in ("GET", "HEAD"))
        assert (head.status, head.body) == (get.status, b"") and get.body
        for name in ("Content-Type", "Content-Security-Policy", "Cache-Control", "Last-Modified"):
            assert head.all(name) == get.all(name), name


@pytest.mark.parametrize("path", ["/nothing-here", "/help/nothing", "/.well-known/nothing", "/assets/nothing.css"])
def test_S67_a_page_that_is_not_there_is_told_so_by_a_page_of_the_site(site, path):
    answer = site.visitor().get(path)
    assert answer.status == 404 and is_of_the_site(answer)
    assert answer.page.title.startswith("There is no such page")


def test_S67_the_page_for_a_new_password_is_found(site):
    answer = site.visitor().get("/.well-known/change-password")
    assert (answer.status, answer.location) == (303, "/account/password")


def test_S68_security_txt_is_plain_text(site):
    answer = site.visitor().get("/.well-known/security.txt")
    assert answer.status == 200 and re.fullmatch("text/plain; ?charset=utf-8", answer.header("Content-Type"))
    assert answer.body == (PUBLIC / ".well-known" / "security.txt").read_bytes()


def test_an_address_without_its_slash_leads_to_the_page(site):
    for path, page in (("/help", "/help/"), ("/account", "/account/")):
        answer = site.visitor().get(path)
        assert answer.status in (301, 302, 303, 307, 308)
        assert answer.location in (page, f"/account/sign-in?notice=please-sign-in&next=%2F{path[1:]}")


def test_where_a_page_once_was_it_is_still_found(site):
    answer = site.visitor().get("/support/")
    if site.server in KNOWS_REDIRECTS:
        assert (answer.status, answer.location) == (301, "/help/")
    else:
        assert answer.status == 200 and 'http-equiv="refresh" content="0; url=/help/"' in answer.text
    assert site.visitor().get("/support/more").status == 404


@pytest.mark.parametrize("path", [
    "/.git/config", "/.git/HEAD", "/.gitignore", "/.env", "/.htaccess", "/.postern-site", "/.server/nginx.conf",
    "/.server/apache.conf", "/.server/", "/.%73erver/nginx.conf", "/%2eserver/apache.conf", "//.server/nginx.conf",
    "/.well-known/.htaccess", "/help/.htaccess", "/postern.conf", "/data/postern.conf", "/forms.seg", "/site/site.yml",
    "/../postern.conf", "/..%2fpostern.conf", "/.%2e/forms.seg", "/index.html~", "/assets/../../forms.seg",
    "/accounts/", "/mail/new/", "/assets/", "/backup.zip", "/keys/ring",
])
def test_A64_nothing_but_the_site_is_served(site, path):
    answer = raw(site, f"GET {path} HTTP/1.1", f"Host: localhost:{site.port}")
    assert status(answer) in (400, 403, 404)
    assert b"Include PUBLIC" not in answer and b"include PUBLIC" not in answer and b"RewriteRule" not in answer


# Requests that are a trap

@pytest.mark.parametrize("target", [
    "//evil.test", "//evil.test/", "//help", "//evil.test/%2e%2e/help", "/%5cevil.test", "/%09/evil.test",
    "//account/", "//account", "///evil.test/..", "/%2f%2fevil.test/",
])
def test_A22_no_target_leads_to_another_host(site, target):
    answer = raw(site, f"GET {target} HTTP/1.1", f"Host: localhost:{site.port}")
    location = re.search(rb"\r\nLocation: ([^\r]*)", answer, re.IGNORECASE)
    if location:
        assert re.match(rb"/(?![/\\])|http://localhost[:/]", location[1]), location[1]


def test_A22_what_is_asked_for_with_two_slashes_leads_nowhere_else_after_sign_in(site, person):
    for next in ("//evil.test/members/", "/\\evil.test", "//members/"):
        location = sign_in(site.visitor(), person.address, person.password, next=next).header("Location")
        assert urlsplit(location).netloc in ("", f"localhost:{site.port}") and not location.startswith(("//", "/\\"))


def test_two_hosts_are_refused(site):  # §4.6
    answer = raw(site, "GET / HTTP/1.1", f"Host: localhost:{site.port}", "Host: evil.test")
    assert status(answer) == 400


def test_A1_an_absolute_target_counts_and_not_the_host(site):
    answer = raw(site, f"GET http://localhost:{site.port}/account/ HTTP/1.1", f"Host: localhost:{site.port}")
    assert status(answer) == 303 and b"evil" not in answer
    # What else the client calls the site is nowhere to be seen.
    answer = raw(site, f"GET http://localhost:{site.port}/account/ HTTP/1.1", "Host: evil.test")
    assert status(answer) in (303, 400) and b"evil" not in answer


FORGED = [
    "X-Account-Id: 1", "X-Account-Email: {address}\r\nX-Account-Level: 2", "X_Account_Email: {address}",
    "Remote-User: {address}\r\nAuth-Type: Basic", "REMOTE_USER: {address}\r\nAUTH_TYPE: Basic",
    "X-Remote-User: {address}", "X-Auth-Email: {address}", "X-Forwarded-User: {address}",
    "Authorization: Basic YWRhQGV4YW1wbGUub3JnOng=", "Variable-ACCOUNT_EMAIL: {address}",
]


@pytest.mark.parametrize("fields", FORGED)
def test_A67_nobody_is_who_they_say_in_a_header(site, person, fields):
    answer = raw(site, "GET /account/check HTTP/1.1", f"Host: localhost:{site.port}",
                 fields.format(address=person.address))
    assert status(answer) == 401


def test_A24_a_body_that_is_too_large_is_answered_with_a_page(site):
    visitor = site.visitor()
    visitor.get("/account/sign-in")
    answer = visitor.post("/account/sign-in", {"email": "x" * 70_000})
    assert answer.status == 413 and is_of_the_site(answer)


def test_A24_so_is_one_that_the_server_itself_refuses(site):
    answer = site.visitor().request("POST", "/account/sign-in", b"x" * 1_050_000)
    assert answer.status == 413 and is_of_the_site(answer)


def test_A45_P8_who_has_too_many_cookies_is_told_how_to_be_rid_of_them(site):
    answer = site.visitor().get("/account/sign-in", Cookie="bomb=" + "x" * 9000)
    if site.server == "caddy":
        # Caddy takes much more, and the program looks for its own cookies only.
        assert answer.status == 200
    elif site.server == "cgi":
        # Apache has not come to the customer's file when it refuses.
        assert answer.status == 400
    else:
        assert answer.status in (400, 431) and is_of_the_site(answer)
        assert "Delete the cookies of this site" in answer.text


def test_A58_a_form_without_a_length_is_refused(site):
    answer = raw(site, "POST /account/sign-in HTTP/1.1", f"Host: localhost:{site.port}",
                 "Content-Type: application/x-www-form-urlencoded")
    # Some servers say that its length is 0, and so it is an empty form.
    assert status(answer) in (403, 411)


def test_the_scorer_answers_beside(site):
    visitor = site.visitor()
    assert "<form" in visitor.get("/score").text
    answer = visitor.request("POST", "/score", f"password={PASSWORD.replace(' ', '+')}".encode(),
                             {"Accept": "application/json"})
    assert answer.status == 200 and b'"score":4' in answer.body
    assert visitor.get("/scores").status == 404


def test_A64_a_directory_for_members_is_closed_where_only_the_program_can_ask(site):
    if site.server != "cgi":
        pytest.skip("the web server asks the gate about it")
    program = site.run / "home" / "public_html" / "members"
    program.rename(program.with_name("kept"))
    try:
        shutil.copytree(PUBLIC / "members", program)
        for name in ("", "index.html", "index.html.gz", "/", "./index.html"):
            assert site.visitor().get(f"/members/{name}", Accept_Encoding="gzip").status == 403
    finally:
        shutil.rmtree(program)
        program.with_name("kept").rename(program)


# What is written down, and what happens without the program

def logged(site: Site) -> bytes:
    return b"".join(file.read_bytes() for file in site.run.glob("*.log"))


def test_P28_no_query_is_in_the_web_servers_logs(site):
    for path in ("/account/verify?token=", "/account/reset/new?token=", "/score?password=", "/?token=", "/nothing?"):
        site.visitor().get(path + SECRET, Referer=f"{site.address}/account/verify?token={SECRET}",
                           Cookie=f"__Host-session={SECRET}")
    if site.server == "cgi":
        # The host decides what it logs; a customer cannot.
        pytest.skip("the access log belongs to the host")
    # lighttpd writes only now and then; the last of the five is there once all are.
    until = time.monotonic() + 15
    while b"/nothing" not in logged(site):
        assert time.monotonic() < until
        time.sleep(0.1)
    assert b"/account/verify" in logged(site)
    assert SECRET.encode() not in logged(site)


@pytest.mark.parametrize("server", SERVERS)
def test_without_the_program_there_is_a_page_that_says_when_to_come_back(server, tmp_path):
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("account", "score", "postern"):
        shutil.copy(program(name), programs)
    with Site(tmp_path / "site", server=server, programs=programs) as broken:
        end_the_program(broken, programs)
        answer = broken.visitor().get(f"/account/verify?token={SECRET}")
        expected = {"apache-fcgid": (500, "Something went wrong on our side"), "cgi": (503, "Out of order")}
        code, title = expected.get(server, (503, "Back in a moment"))
        assert answer.status == code and answer.page.title.startswith(title)
        assert code == 500 or int(answer.header("Retry-After")) >= 60
        assert server == "cgi" or is_of_the_site(answer)
        assert answer.header("Content-Security-Policy").startswith("default-src 'none'")
        assert broken.visitor().get("/").status == 200
        if broken.server != "cgi":
            assert SECRET.encode() not in logged(broken)


def end_the_program(site: Site, programs: Path) -> None:
    """Leaves the web server without `account`."""
    match site.server:
        case "cgi":
            # Whoever has the program has not lost it; what a customer loses is the data directory.
            site.data.chmod(0o755)
        case "apache-fcgid":
            # A program that ends at once takes the place of the one that runs.
            running = [int(process.parent.name) for process in Path("/proc").glob("[0-9]*/exe")
                       if process.parent.exists() and os.path.realpath(process) == str(programs / "account")]
            (programs / "account").unlink()
            shutil.copy("/bin/false", programs / "account")
            for process in running:
                os.kill(process, signal.SIGKILL)
        case _:
            workers = [int(worker) for worker in (site.run / "account.pids").read_text().split()]
            for worker in workers:
                os.kill(worker, signal.SIGKILL)
            while any(Path(f"/proc/{worker}").exists() for worker in workers):
                time.sleep(0.01)
