"""Sites whose web server has found out who a visitor is: line A67.

Apache asks for a name and a password of its own, as an identity provider's module would, and says in `REMOTE_USER`
who has given them. nginx, as it is shipped, says nothing of the kind.
"""

import base64
import hashlib
import socket
import subprocess
import time

import pytest
from harness import fastcgi
from harness.factors import APP, CODES, PHONE, REMOVE, account_file, add_lines
from harness.people import PASSWORD, is_signed_in, new_person, sign_in
from harness.site import QUICK, Site, free_port
from harness.visitor import Visitor
from harness.webserver import APACHE_FASTCGI

APACHE = APACHE_FASTCGI + """
LoadModule authn_core_module /usr/lib/apache2/modules/mod_authn_core.so
LoadModule authn_file_module /usr/lib/apache2/modules/mod_authn_file.so
LoadModule auth_basic_module /usr/lib/apache2/modules/mod_auth_basic.so
LoadModule authz_user_module /usr/lib/apache2/modules/mod_authz_user.so
<Location /account>
    AuthType Basic
    AuthName "Corp"
    AuthUserFile {run}/passwords
    Require valid-user
</Location>
"""

SECRET = "open sesame"

START = "/account/second-factor/start"
OF_FACTORS = [
    APP, PHONE, CODES, REMOVE, START, "/account/confirm", "/account/password", "/account/address", "/account/sessions",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    settings = {**QUICK, "single-sign-on": "corp.example group:staff"}
    with Site(tmp_path_factory.mktemp("site"), settings) as site:
        yield site


class Apache:
    """Apache in front of the same programs, which lets nobody through whom it does not know."""

    def __init__(self, site: Site, directory):
        self.site = site
        self.port = free_port()
        self._passwords = directory / "passwords"
        self._passwords.touch()
        configuration = directory / "server.conf"
        configuration.write_text(APACHE.format(
            run=directory, port=self.port, socket=site.socket))
        self._process = subprocess.Popen(["apache2", "-D", "FOREGROUND", "-f", configuration])
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("apache did not start")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)

    def visitor(self, user: str) -> Visitor:
        """Somebody whom Apache knows by that name."""
        with self._passwords.open("a") as file:
            file.write(f"{user}:{{SHA}}{base64.b64encode(hashlib.sha1(SECRET.encode()).digest()).decode()}\n")
        return Colleague(self, user)


class Colleague(Visitor):
    def __init__(self, apache: Apache, user: str):
        super().__init__(apache.port, apache.site.visitor().network)
        self.origin = apache.site.address
        self._headers = {"Host": self.origin.removeprefix("http://"), **basic(user)}

    def request(self, method, path, body=None, headers=None):
        return super().request(method, path, body, {**self._headers, **(headers or {})})


def basic(user: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{SECRET}".encode()).decode()}


@pytest.fixture(scope="module")
def apache(site, tmp_path_factory):
    apache = Apache(site, tmp_path_factory.mktemp("apache"))
    yield apache
    apache.stop()


@pytest.fixture
def colleague(apache):
    """Somebody at the domain, with an account."""
    visitor = apache.visitor(f"colleague{apache.site.new_address().split('@')[0]}@corp.example")
    visitor.get("/account/sign-up")
    assert visitor.post("/account/sign-up").location == "/account/"
    return visitor


# Who is recognised

def test_a_newcomer_has_an_account_by_one_press(apache):
    visitor = apache.visitor("rowan@corp.example")
    page = visitor.follow(visitor.get("/account/"))
    page = visitor.get("/account/sign-up")
    assert "rowan@corp.example" in page.page.text
    assert "password" not in page.page.form("/account/sign-up").fields
    answer = visitor.post("/account/sign-up")
    assert answer.location == "/account/"
    assert "rowan@corp.example" in visitor.get("/account/").page.text
    assert apache.site.mailbox.all("rowan@corp.example") == []
    assert "\npassword $" not in account_file(apache.site, "rowan@corp.example").read_text()


def test_whoever_is_recognised_is_signed_in_without_a_session(colleague):
    gate = colleague.get("/account/check")
    assert (gate.status, gate.header("X-Account-Level")) == (204, "2")
    assert "__Host-session" not in colleague.cookies


def test_whoever_is_recognised_sees_no_form_of_passwords_and_factors(colleague):
    page = colleague.get("/account/").page
    assert "You sign in through your organisation" in page.text
    assert not set(OF_FACTORS) & {link.partition("?")[0] for link in page.links}
    assert {form.action for form in page.forms} == {"/account/sign-out"}
    assert "One password is not much" not in page.text
    colleague.get("/account/close")
    for path in OF_FACTORS:
        assert colleague.get(path).location == "/account/", path
        answer = colleague.post(path, {**dict(colleague.remembered["/account/close"]), "password": PASSWORD})
        assert answer.status == 405 if path == START else answer.location == "/account/", path


def test_whoever_is_recognised_can_close_the_account(colleague, apache):
    page = colleague.get("/account/close").page
    assert "password" not in page.form("/account/close").fields
    assert colleague.post("/account/close").location == "/account/closed"
    assert colleague.get("/account/check").status == 401


def test_no_factor_is_required_of_whoever_is_recognised(tmp_path):
    with Site(tmp_path, {**QUICK, "single-sign-on": "corp.example", "second-factor-required": "everybody"}) as site:
        directory = tmp_path / "apache"
        directory.mkdir()
        apache = Apache(site, directory)
        try:
            visitor = apache.visitor("ash@corp.example")
            visitor.get("/account/sign-up")
            visitor.post("/account/sign-up")
            assert visitor.get("/account/").status == 200
            assert visitor.get("/account/check").status == 204
        finally:
            apache.stop()


def test_A67_somebody_of_another_domain_is_not_recognised(site, apache):
    person = new_person(site)
    visitor = apache.visitor(person.address)
    assert visitor.get("/account/check").status == 401
    assert visitor.get("/account/").location.startswith("/account/sign-in")
    visitor.get("/account/sign-up")
    assert "email" in visitor.get("/account/sign-up").page.form("/account/sign-up").fields


@pytest.mark.parametrize("user", ["rowan", "rowan@corp.example.evil.test", "rowan@sub.corp.example", "@corp.example"])
def test_A67_a_name_that_is_no_address_of_the_domain_is_nobody(apache, user):
    assert apache.visitor(user).get("/account/check").status == 401


def test_A67_a_group_is_recognised_whatever_the_domain(site, apache):
    person = new_person(site)
    add_lines(site, person.address, "group staff")
    visitor = apache.visitor(person.address)
    assert visitor.get("/account/check").status == 204


def test_A67_a_disabled_account_is_not_recognised(site, colleague):
    address = colleague.get("/account/check").header("X-Account-Email")
    assert site.operator("accounts", "disable", address).returncode == 0
    assert colleague.get("/account/check").status == 401


# By password

@pytest.mark.parametrize("path, fields", [
    ("/account/sign-in", {"password": PASSWORD}), ("/account/sign-up", {"password": PASSWORD}), ("/account/reset", {}),
])
def test_A67_nobody_of_the_domain_has_a_password_here(site, path, fields):
    answer = site.visitor().fill(path, {"email": "willow@corp.example", **fields})
    assert (answer.status, answer.page.problems) == (422, ["email"])
    assert "through your organisation" in answer.page.text
    site.mailbox.settle()
    assert not site.mailbox.unread("willow@corp.example")


def test_A67_nor_has_somebody_of_a_group(site):
    person = new_person(site)
    add_lines(site, person.address, "group staff")
    assert not is_signed_in(person.visitor), "the session of before is over"
    assert sign_in(site.visitor(), person.address, PASSWORD).status == 422


# Spoofing

SPOOFED = [
    {"Remote-User": "ada@corp.example"}, {"X-Remote-User": "ada@corp.example"}, {"REMOTE-USER": "ada@corp.example"},
    {"X-Forwarded-User": "ada@corp.example"}, {"Auth-Type": "Basic", "Remote-User": "ada@corp.example"},
    {"X-Account-Email": "ada@corp.example"}, basic("ada@corp.example"),
    {"Authorization": "Bearer ada@corp.example"},
]


@pytest.fixture(scope="module")
def ada(apache):
    visitor = apache.visitor("ada@corp.example")
    visitor.get("/account/sign-up")
    visitor.post("/account/sign-up")
    assert visitor.get("/account/check").status == 204
    return visitor


@pytest.mark.parametrize("headers", SPOOFED, ids=str)
def test_A67_nothing_that_a_client_says_is_believed(site, ada, headers):
    visitor = site.visitor()
    assert visitor.request("GET", "/account/check", headers=headers).status == 401
    assert visitor.request("GET", "/account/", headers=headers).status == 303


@pytest.mark.parametrize("line", [
    b"REMOTE_USER: ada@corp.example", b"Remote_User: ada@corp.example", b"HTTP_REMOTE_USER: ada@corp.example",
    b"Remote-User: ada@corp.example\r\nAuth_Type: Basic",
])
def test_A67_nor_with_underscores(site, ada, line):
    host = site.address.removeprefix("http://").encode()
    answer = site.exchange(
        b"GET /account/check HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n" + line + b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 401 ")


@pytest.mark.parametrize("headers", SPOOFED[:-2], ids=str)
def test_A67_nor_beside_what_the_web_server_says(site, apache, ada, headers):
    person = new_person(site)
    visitor = apache.visitor(person.address)
    assert visitor.request("GET", "/account/check", headers=headers).status == 401


def ask(site, **variables) -> bytes:
    return fastcgi.exchange(site.socket, fastcgi.request("/account/check", **variables)).partition(b"\r\n")[0]


def test_A67_a_user_without_a_method_is_nobody(site, ada):
    """nginx can be told to hand on as REMOTE_USER what anybody writes into Authorization."""
    assert ask(site, REMOTE_USER="ada@corp.example") == b"Status: 401 Unauthorized"
    assert ask(site, REMOTE_USER="ada@corp.example", AUTH_TYPE="") == b"Status: 401 Unauthorized"
    assert ask(site, REMOTE_USER="ada@corp.example", AUTH_TYPE="openid-connect") == b"Status: 204 No Content"


@pytest.mark.parametrize("user", [
    "ada@corp.example\nbob@corp.example", "ada@corp.example,bob@corp.example", " ada@corp.example",
    "\"ada@corp.example\"", "ada@corp.example" + " " * 400,
])
def test_A67_an_odd_name_is_nobody_or_the_same(site, ada, user):
    assert ask(site, REMOTE_USER=user, AUTH_TYPE="Basic").split()[1] in (b"401", b"400", b"204")
    assert b"204" not in ask(site, REMOTE_USER=user.replace("ada", "nobody"), AUTH_TYPE="Basic")


def test_A67_it_is_off_unless_configured(tmp_path):
    with Site(tmp_path) as site:
        person = new_person(site)
        assert ask(site, REMOTE_USER=person.address, AUTH_TYPE="Basic") == b"Status: 401 Unauthorized"


# Forms

def test_S51_a_form_of_somebody_recognised_needs_its_token(colleague):
    colleague.get("/account/close")
    for headers in ({"Origin": "https://evil.test", "Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none"}):
        assert colleague.post("/account/close", headers=headers).status == 403
    assert colleague.post("/account/close", {"form-token": "x"}).status == 403
    assert colleague.get("/account/check").status == 204


@pytest.mark.parametrize("value", ["corp..example", "group:", "*", "corp.example *", ""])
def test_a_mistaken_setting_is_refused(tmp_path, value):
    site = Site(tmp_path, {**QUICK, "single-sign-on": value})
    told = site.operator("doctor")
    assert told.returncode == 1 and "single-sign-on" in told.stdout + told.stderr
