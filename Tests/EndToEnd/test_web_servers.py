"""What a program understands of a request that came through each of the web servers, as `hosting/` sets them up."""

import shutil

import pytest
from harness.site import SERVERS, Site, program
from harness.webserver import Client

APACHE = ("apache", "apache-fcgid", "cgi")


class EchoSite(Client, Site):
    """A site where `gateway-echo` stands in the place of `account`."""

    def __init__(self, directory, server: str):
        super().__init__(directory, settings={}, server=server, programs=directory / "programs")
        self.programs.mkdir()
        for name, file in [("account", "gateway-echo"), ("score", "score"), ("postern", "postern")]:
            shutil.copy(program(file), self.programs / name)


@pytest.fixture(scope="module", params=SERVERS)
def server(request, tmp_path_factory):
    with EchoSite(tmp_path_factory.mktemp(request.param), request.param) as server:
        yield server


def test_sees_a_posted_form(server):
    reply = server.post("/account/sign-in?next=%2Fmembers%2F", b"email=ada%40example.org&password=x",
                        "Cookie: theme=dark; __Host-echo=kept", "Origin: http://localhost")
    assert reply.status == 200
    assert (reply["method"], reply["path"]) == ('"post"', '"/account/sign-in"')
    assert (reply["email"], reply["next"]) == ('"ada@example.org"', '"/members/"')
    assert (reply["cookie"], reply["origin"]) == ('"kept"', '"http://localhost"')
    assert reply["address"] == '"127.0.0.1"'


@pytest.mark.parametrize("target, path", [
    ("/account/", "/account/"), ("/account/%73ign-in", "/account/sign-in"),
    ("/account/%2573ign-in", "/account/%73ign-in"), ("/account/./a/../sign-in", "/account/sign-in"),
    ("/account/%C3%A9", "/account/é"), ("http://evil.example/account/sign-in", "/account/sign-in"),
])
def test_sees_one_path_whatever_its_spelling(server, target, path):
    reply = server.get(target)
    match server.server, target:
        # Another site's name: lighttpd wants `Host` to be the same, Caddy has nothing to say.
        case "lighttpd", "http://evil.example/account/sign-in":
            assert reply.status == 400
        case "caddy", "http://evil.example/account/sign-in":
            assert (reply.status, reply.body) == (200, b"")
        # Caddy hands over the dots, and the program takes no path with them.
        case "caddy", "/account/./a/../sign-in":
            assert reply.status == 400
        case _:
            assert reply["path"] == f'"{path}"'


@pytest.mark.parametrize("target", ["/account/%2e%2e/%2e%2e/etc/passwd", "/account/%00", "/account/%zz"])
def test_shows_no_path_that_leads_out(server, target):
    reply = server.get(target)
    # To lighttpd, a percent sign before other characters is one.
    assert reply.status in (400, 403, 404) or (server.server, reply["path"]) == ("lighttpd", '"/account/%zz"')


def test_refuses_an_own_cookie_that_comes_in_two_fields(server):  # A44, §4.3
    assert server.get("/account/", "Cookie: __Host-echo=a", "Cookie: __Host-echo=b").status == 400


def test_finds_the_own_cookie_in_the_first_of_two_fields_or_refuses_both(server):
    reply = server.get("/account/", "Cookie: __Host-echo=a", "Cookie: theme=dark")
    # Apache and Caddy join them with a comma, which could as well be a part of the first one's value.
    assert reply.status == 400 if server.server in (*APACHE, "caddy") else reply["cookie"] == '"a"'


def test_takes_no_other_cookie_for_its_own(server):  # P9, §4.4
    for cookie in ("\u2000__Host-echo=a", "__host-echo=a", "$Version=1; x=__Host-echo=a", '"__Host-echo=a"'):
        assert server.get("/account/", f"Cookie: {cookie}")["cookie"] == "-"


def test_has_no_proxy_that_the_client_names(server):  # A55
    assert server.get("/account/", "Proxy: http://127.0.0.1:9")["proxy"] == "-"


@pytest.mark.parametrize("query", ["user+delete+alice@example.org", "--help", "%2d%2dconfig%3d/tmp/x", "-s"])
def test_takes_no_query_for_a_command(server, query):  # A56
    reply = server.get(f"/account/?{query}")
    assert reply.status == 200
    # Apache does hand it over as arguments; this is what they must not be looked at for.
    if server.server == "cgi":
        assert reply["arguments"] != '"0"'


def test_counts_only_the_peers_address(server):  # A18, S61
    reply = server.get("/account/", "X-Forwarded-For: 203.0.113.66", "X-Real-IP: 203.0.113.66",
                       "Forwarded: for=203.0.113.66", "X-Forwarded-Proto: https")
    assert (reply["address"], reply["https"]) == ('"127.0.0.1"', '"false"')


def test_A67_takes_no_field_with_an_underscore_for_another(server):
    reply = server.get("/account/", "Sec_Fetch_Site: same-origin", "X_Forwarded_For: 203.0.113.66", "Cookie_: x=y",
                       "REMOTE_ADDR: 203.0.113.66", "HTTPS: on", "REQUEST_SCHEME: https", "Content_Length: 5")
    assert (reply["fetch-site"], reply["address"], reply["https"]) == ("-", '"127.0.0.1"', '"false"')


def test_answers_head_as_get_without_a_body(server):  # S72
    get, head = (server.get("/account/sign-in", method=method) for method in ("GET", "HEAD"))
    assert (head.status, head.body) == (200, b"")
    assert head.field("Content-Type") == get.field("Content-Type")
    # Apache does not trust a program's length, and sends chunks.
    if server.server == "nginx":
        assert get.field("Content-Length") == str(len(get.body))
        assert head.field("Content-Length") is not None


def test_refuses_other_methods(server):  # A74
    for method in ("PUT", "DELETE", "OPTIONS", "PROPFIND"):
        reply = server.get("/account/", method=method)
        assert (reply.status, reply.field("Allow")) == (405, "GET, HEAD, POST")
    assert server.get("/account/", method="TRACE").status == 405 or server.server in APACHE


def test_takes_the_method_from_nowhere_else(server):  # A74
    reply = server.get("/account/?_method=POST", "X-HTTP-Method-Override: POST", "X-Method-Override: POST")
    assert reply["method"] == '"get"'


def test_sends_a_browser_on_and_splits_no_response(server):  # A52
    reply = server.get("/account/see-other?next=/members/%0D%0ASet-Cookie:%20a=b")
    if server.server == "lighttpd":
        # It takes no line breaks, encoded or not.
        assert reply.status == 400
        reply = server.get("/account/see-other?next=/members/")
    else:
        assert (reply.status, reply.field("Location")) == (303, "/members/%0D%0ASet-Cookie:%20a=b")
    assert reply.field("Set-Cookie") == "__Host-echo=kept; Max-Age=60; Path=/; Secure; HttpOnly; SameSite=Lax"


def test_protects_every_answer(server):  # S53
    for reply in (server.get("/account/"), server.get("/account/see-other"), server.get("/account/?a&a"),
                  server.get("/account/", method="PUT")):
        assert reply.field("Cache-Control") == "no-store"
        assert reply.field("Content-Security-Policy").startswith("default-src 'none'; ")
        assert reply.field("X-Content-Type-Options") == "nosniff"
        assert reply.field("Referrer-Policy") == "no-referrer"
        assert reply.field("Cross-Origin-Opener-Policy") == "same-origin"


def test_hears_a_chunked_form_or_refuses_it(server):  # A58, §4.8
    reply = server.get("/account/sign-in", "Content-Type: application/x-www-form-urlencoded",
                       "Transfer-Encoding: chunked", method="POST", body=b"9\r\nemail=ada\r\n0\r\n\r\n")
    refusals = {"cgi": 411, "caddy": 400}
    assert reply.status == refusals[server.server] if server.server in refusals else reply["email"] == '"ada"'


@pytest.mark.parametrize("fields, status", [
    ([], 411), (["Content-Length: 70000"], 413),
])
def test_refuses_a_body_without_a_good_length(server, fields, status):  # A58
    body = b"a" * 70000 if fields else b""
    reply = server.get("/account/", *fields, method="POST", body=body)
    # mod_fcgid and Caddy say that a body which is not there has no bytes.
    assert reply.status == status or not fields and (reply.status, reply["email"]) == (200, "-")


@pytest.mark.parametrize("body, status", [
    (b"email=a&email=b", 400), (b"email=%zz", 400), (b"email=%00", 400), (b"email=\xff", 400), (b"", 200),
])
def test_refuses_a_form_that_no_browser_writes(server, body, status):
    assert server.post("/account/sign-in", body).status == status


def test_refuses_what_is_no_form(server):
    reply = server.get("/account/", "Content-Type: application/json", "Content-Length: 2", method="POST", body=b"{}")
    assert reply.status == 415
