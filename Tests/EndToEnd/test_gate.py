"""The gate: pages for members only, and every way around it that people have tried (A68, A69)."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from harness import fastcgi
from harness.factors import CHALLENGE, enrol_app, guarded_person, prove
from harness.people import PASSWORD, SESSION, Person, new_person, sign_in
from harness.site import QUICK, SERVERS, Site
from harness.visitor import Answer, Visitor

# Words of the page behind the gate, which nobody else may see.
SECRET = "Painted Lady"
PAGE = "/members/"


@dataclass
class Gated:
    """A site whose web server keeps /members/ behind the gate."""

    site: Site

    def rule(self, what: str, path: str = PAGE) -> None:
        """Says who may have a path; it counts from the next request on."""
        self.site.configure({"gate": f"{path} {what}"})


@pytest.fixture(scope="module", params=SERVERS)
def gated(request, tmp_path_factory):
    settings = {**QUICK, "gate": f"{PAGE} signed-in"}
    with Site(tmp_path_factory.mktemp(request.param), settings, server=request.param) as site:
        yield Gated(site)


@pytest.fixture
def socket(gated):
    """Where `account` itself can be asked; some web servers start it at a socket without a name."""
    if not gated.site.socket.exists():
        pytest.skip("the web server starts the program by itself")
    return gated.site.socket


@pytest.fixture(scope="module")
def member(gated) -> Person:
    return new_person(gated.site)


@pytest.fixture(autouse=True)
def signed_in_is_enough(request):
    """Begins each test with the rule that most are about."""
    if "gated" in request.fixturenames:
        request.getfixturevalue("gated").rule("signed-in")


def is_open(visitor: Visitor) -> bool:
    """Whether somebody sees the page, and not a word of it else."""
    answer = visitor.get(PAGE)
    assert (answer.status == 200) == (SECRET in answer.text)
    return answer.status == 200


def way(answer: Answer, path: str) -> str:
    """How somebody who is refused gets to a page: at once, or by a link where an authorizer answers by itself."""
    assert answer.status in (303, 401, 403)
    links = [answer.location] if answer.status == 303 else answer.page.links
    found = [link for link in links if link.partition("?")[0] == path]
    assert found, links
    # The one with `next`, where the head of the page has such a link, too.
    return max(found, key=len)


def raw(site: Site, target: str, *fields: str, method: str = "GET", body: bytes = b"") -> bytes:
    head = [f"{method} {target} HTTP/1.1", f"Host: localhost:{site.port}", "Connection: close", *fields, "", ""]
    return site.exchange("\r\n".join(head).encode("latin-1") + body)


def is_kept_out(answer: bytes) -> bool:
    """Whether an answer is a refusal, and neither the page nor a failure."""
    status = int(answer.split(b" ", 2)[1])
    return status in (303, 400, 401, 403, 404, 405, 415, 501) and SECRET.encode() not in answer


def test_shows_the_page_to_members_and_leads_others_to_sign_in_and_back(gated, member):
    assert is_open(member.visitor)
    stranger = gated.site.visitor()
    target = f"{PAGE}?season=2026"
    sign_in_page = way(stranger.get(target), "/account/sign-in")
    assert sign_in_page.endswith(f"next={quote(target, safe='')}")
    assert stranger.get(sign_in_page).page.value("next") == target
    answer = stranger.post("/account/sign-in", {"email": member.address, "password": PASSWORD})
    assert answer.location == target
    assert SECRET in stranger.get(answer.location).text


TARGETS = [
    "/members/", "/members/index.html", "//members/", "/members//", "///members///index.html", "/./members/",
    "/members/.", "/members/./index.html", "/x/../members/", "/members/x/../", "/account/../members/",
    "/account/check/../../members/", "/help/%2e%2e/members/", "/help/..%2fmembers/", "/%6dembers/",
    "/%6D%65mbers/index%2ehtml", "/members/%2e/", "/%2e/members/", "/members%2f", "/members%2findex.html",
    "/%2fmembers/", "/members%5cindex.html", "/members\\index.html", "/%256dembers/", "/MEMBERS/",
    "/Members/index.html", "/members/index.HTML", "/members/?", "/members/?next=/", "/members/#x", "/members/%23",
    "/members/index.html/", "/members/index.html;x", "/members;x/", "/help/..;/members/", "/members/index.html%00",
    "/members/index.html%20", "/members/index.html~", "/members/index.html.gz", "/members/%c0%ae/",
    "/de/members/", "/de/members/index.html", "//fr//members/", "/%64e/members/", "/es/members", "/de/../de/members/",
    "http://localhost/members/", "http://evil.test/members/", "/members",
]


@pytest.mark.parametrize("target", TARGETS)
def test_A68_no_spelling_of_the_address_leads_past_the_gate(gated, target):
    answer = raw(gated.site, target)
    # /members without its slash is no page, and may be answered by leading to the one with it. To Caddy, evil.test is
    # another site, for which it has nothing to say.
    is_other = gated.site.server == "caddy" and "evil.test" in target and answer.endswith(b"\r\n\r\n")
    assert is_kept_out(answer) or answer.startswith(b"HTTP/1.1 301 ") or is_other


@pytest.mark.parametrize("method", [
    "GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "COPY", "get", "X"])
def test_A68_no_method_leads_past_the_gate(gated, method):
    body = b"_method=GET" if method in ("POST", "PUT", "PATCH") else b""
    answer = raw(gated.site, PAGE, f"Content-Length: {len(body)}", method=method, body=body)
    # Apache answers TRACE with the request, unless it is told not to, which a customer cannot.
    is_echo = (gated.site.server, method) == ("cgi", "TRACE") and SECRET.encode() not in answer
    assert is_kept_out(answer) or is_echo


@pytest.mark.parametrize("field", [
    "User-Agent: ELB-HealthChecker/2.0", "User-Agent: kube-probe/1.30", "User-Agent: GoogleHC/1.0",
    "User-Agent: Googlebot/2.1", "X-Forwarded-Uri: /", "X-Original-URI: /", "X-Original-URL: /", "X-Rewrite-URL: /",
    "X-Forwarded-Method: OPTIONS", "X-HTTP-Method-Override: OPTIONS", "X-Forwarded-For: 127.0.0.1",
    "X-Forwarded-Host: localhost", "X-Real-IP: 127.0.0.1", "Forwarded: for=127.0.0.1", "GATE_URI: /", "Gate-Uri: /",
    "Authorization: Basic YTpi", "X-Account-Id: x", "X-Account-Level: 2", "Remote-User: a@example.org",
    "X_Account_Id: x", "If-None-Match: *", "If-Modified-Since: Fri, 31 Dec 2027 23:59:59 GMT", "Range: bytes=0-",
    "Upgrade: h2c", "Accept: application/json", "Origin: null", "Proxy: http://127.0.0.1:1",
])
def test_A68_no_field_leads_past_the_gate(gated, field):
    assert is_kept_out(raw(gated.site, PAGE, field))


@pytest.mark.parametrize("cookie", [
    "", "x", "=", ";", "x=\"", f"{SESSION}=", f"{SESSION}=x", f"{SESSION}=v1.00000000.AA.AA", f"{SESSION}=\"x\"",
    f"{SESSION}=x; {SESSION}=y", f"{SESSION}=x, {SESSION}=y", f"{SESSION}=\xff", f"{SESSION}={'x' * 4000}",
    f"{SESSION.lower()}=x", f"$Version=1; {SESSION}=x",
])
def test_A68_no_malformed_cookie_leads_past_the_gate(gated, cookie):
    assert is_kept_out(raw(gated.site, PAGE, f"Cookie: {cookie}"))


def test_A68_each_byte_of_the_cookie_counts(gated, member):
    cookie = member.visitor.cookies[SESSION]
    for position in range(0, len(cookie), 7):
        changed = cookie[:position] + ("A" if cookie[position] != "A" else "B") + cookie[position + 1:]
        assert is_kept_out(raw(gated.site, PAGE, f"Cookie: {SESSION}={changed}"))
    assert SECRET.encode() in raw(gated.site, PAGE, f"Cookie: {SESSION}={cookie}")


def test_A69_nothing_of_the_gate_is_kept_by_a_cache(gated, member):
    refusal, page = gated.site.visitor().get(PAGE), member.visitor.get(PAGE)
    assert "no-store" in refusal.header("Cache-Control")
    assert page.status == 200 and "private" in page.header("Cache-Control")
    tag = page.header("ETag")
    assert member.visitor.get(PAGE, If_None_Match=tag).status == 304
    assert gated.site.visitor().get(PAGE, If_None_Match=tag).status in (303, 401)
    browser = member.elsewhere()
    assert is_open(browser)
    browser.get("/account/")
    browser.post("/account/sign-out")
    assert not is_open(browser)


@pytest.mark.parametrize("uri", ["/members/", "/members/%2fx", "//evil.test/", ""])
def test_A69_the_gate_answers_the_server_with_401_or_403_and_never_leads_on(socket, member, uri):
    for cookie in ("", f"{SESSION}={member.visitor.cookies[SESSION]}", f"{SESSION}=x; {SESSION}=y"):
        answer = fastcgi.exchange(
            socket, fastcgi.request("/account/check", GATE_URI=uri, HTTP_COOKIE=cookie, CONTENT_LENGTH="9"))
        status = int(re.match(rb"Status: (\d{3}) ", answer)[1])
        assert status in (204, 401, 403) and b"\nLocation:" not in answer
        assert b"\r\nCache-Control: no-store\r\n" in answer
        assert (status == 204) == (uri in ("/members/", "//evil.test/") and cookie.startswith(f"{SESSION}=v1."))


@pytest.mark.parametrize("uri", [
    "//evil.test/", "///evil.test", "/\\evil.test", "/%09/evil.test", "/%5cevil.test", "/..//evil.test",
    "http://evil.test/", "https:evil.test", "/%0d%0aSet-Cookie:a=b", "/members/?next=//evil.test/",
])
def test_A22_the_gate_sends_nobody_to_another_site(socket, uri):
    answer = fastcgi.exchange(socket, fastcgi.request("/account/gate", GATE_URI=uri)).decode()
    location = re.search(r"(?m)^Location: (\S+)\r$", answer)
    if location:
        assert re.fullmatch(r"/account/sign-in\?notice=please-sign-in&next=%2F(?!%2F|%5C)[\w.%~-]*", location[1])
    else:
        assert answer.startswith("Status: 403 ")


def test_lets_in_whom_a_group_lets_in(gated, member):
    gated.rule("group board")
    answer = member.visitor.get(PAGE)
    assert (answer.status, SECRET in answer.text) == (403, False)
    assert member.visitor.get(f"/de{PAGE}").status == 403
    assert member.address in answer.text
    friend = new_person(gated.site)
    assert gated.site.operator("accounts", "group", friend.address, "board").returncode == 0
    assert is_open(friend.visitor)
    assert SECRET in friend.visitor.get(f"/de{PAGE}").text
    assert gated.site.operator("accounts", "group", friend.address, "board", "--remove").returncode == 0
    assert not is_open(friend.visitor)


def test_A27_asks_for_a_second_factor_where_the_rule_does(gated):
    gated.rule("second-factor")
    person = new_person(gated.site)
    elsewhere = person.elsewhere()
    answer = person.visitor.get(PAGE)
    assert answer.status == 403 and "/account/second-factor/start" in answer.page.links
    enrol_app(person.visitor)
    assert is_open(person.visitor)
    answer = elsewhere.get(PAGE)
    assert way(answer, "/account/confirm").endswith("next=%2Fmembers%2F")
    guarded = guarded_person(gated.site)
    halfway = guarded.halfway()
    answer = halfway.get(PAGE)
    assert way(answer, CHALLENGE).endswith("next=%2Fmembers%2F")
    assert prove(halfway, guarded.code()).status == 303
    assert is_open(halfway)


def test_S6_S44_A71_whoever_may_not_be_there_any_more_is_kept_out_at_once(gated):
    disabled, strict = new_person(gated.site), new_person(gated.site)
    assert is_open(disabled.visitor) and is_open(strict.visitor)
    assert gated.site.operator("accounts", "disable", disabled.address).returncode == 0
    assert not is_open(disabled.visitor)
    gated.site.configure({"second-factor-required": "everybody"})
    answer = strict.visitor.get(PAGE)
    gated.site.configure({"second-factor-required": "nobody"})
    assert way(answer, "/account/second-factor/start")
    strict.visitor.get("/account/")
    assert sign_in(gated.site.visitor(), strict.address, "wrong").status == 422
    assert is_open(strict.visitor)


# The authorizer, as web servers speak to it (FastCGI 1.0 §6.3).

def authorize(socket: Path, uri: str, cookie: str = "", flags: int = 0, with_input: bool = False) -> str:
    variables = [("REQUEST_METHOD", "POST"), ("REQUEST_URI", uri), ("REMOTE_ADDR", "127.9.9.9"),
                 ("HTTP_COOKIE", cookie), ("CONTENT_LENGTH", "7"), ("SCRIPT_NAME", uri.partition("?")[0])]
    wire = fastcgi.begin(fastcgi.AUTHORIZER, flags) + fastcgi.stream(fastcgi.PARAMS, fastcgi.pairs(variables))
    if with_input:
        wire += fastcgi.record(fastcgi.STDIN)
    return fastcgi.exchange(socket, wire).decode()


@pytest.mark.parametrize("flags", [0, fastcgi.KEEP_CONNECTION])
@pytest.mark.parametrize("with_input", [False, True])
def test_authorizes_members_and_says_who_they_are(socket, member, flags, with_input):
    answer = authorize(
        socket, PAGE, f"{SESSION}={member.visitor.cookies[SESSION]}", flags, with_input)
    assert answer.startswith("Status: 200 OK\r\n")
    assert f"\r\nVariable-ACCOUNT_EMAIL: {member.address}\r\n" in answer
    assert "\r\nVariable-ACCOUNT_LEVEL: 1\r\n" in answer
    assert answer.endswith("\r\n\r\n")


@pytest.mark.parametrize("uri, status", [
    ("/members/", 401), ("/members/?a=b", 401), ("//members/.", 401), ("/members/..%2f", 403), ("", 403), ("*", 403)])
def test_A68_authorizes_nobody_else_and_shows_where_to_sign_in(socket, uri, status):
    answer = authorize(socket, uri)
    assert answer.startswith(f"Status: {status} ") and "\r\nLocation:" not in answer
    assert "<h1>" in answer
    assert ("/account/sign-in?notice=please-sign-in&amp;next=%2Fmembers%2F" in answer) == (status == 401)


def test_authorizes_several_times_on_one_connection(socket, member):
    cookie = f"{SESSION}={member.visitor.cookies[SESSION]}"
    variables = fastcgi.pairs([("REQUEST_URI", PAGE), ("HTTP_COOKIE", cookie)])
    wire = fastcgi.begin(fastcgi.AUTHORIZER, fastcgi.KEEP_CONNECTION) + fastcgi.stream(fastcgi.PARAMS, variables)
    with fastcgi.connect(socket) as connection:
        for _ in range(3):
            connection.sendall(wire + fastcgi.record(fastcgi.STDIN))
            assert fastcgi.output(connection).startswith(b"Status: 200 OK\r\n")
