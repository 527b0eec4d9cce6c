"""Cookies, sessions and forged requests: lines A42 to A51 of the list of attacks."""

import pytest
from harness.map import FORMS, OPEN_PAGES, OWN_PAGES
from harness.people import (
    OTHER_PASSWORD, PASSWORD, SESSION, is_signed_in, new_person, press,
)
from harness.site import Site
from harness.visitor import Visitor, urlencoded


def with_cookies(site, line: str | bytes) -> Visitor:
    """A visitor who sends a Cookie field exactly as it is given."""

    class Sender(Visitor):
        def get(self, path, **headers):
            return super().get(path, **{"Cookie": line, **headers})

    return Sender(site.port, site.visitor().network)


def is_dead(site, cookie: str) -> bool:
    """Whether a session's cookie opens nothing any more."""
    return with_cookies(site, f"{SESSION}={cookie}").get("/account/").status == 303


def test_A42_S41_a_planted_cookie_is_not_the_one_after_signing_in(site, person):
    stranger = site.visitor()
    stranger.get("/account/sign-in")
    planted = dict(stranger.cookies) | {SESSION: "planted"}
    victim = site.visitor()
    victim.cookies = dict(planted)
    assert person.sign_in(victim).status == 303
    assert victim.cookies[SESSION] not in planted.values()
    stranger.cookies = planted
    assert not is_signed_in(stranger)


def test_A42_S41_signing_in_again_begins_another_session(site, person):
    before = person.visitor.cookies[SESSION]
    assert person.sign_out().status == 303
    assert person.sign_in().status == 303
    assert person.visitor.cookies[SESSION] != before
    assert is_dead(site, before)


def test_A43_S42_P1_a_cookie_is_dead_after_signing_out(site, person):
    cookie = person.visitor.cookies[SESSION]
    assert not is_dead(site, cookie)
    assert person.sign_out().status == 303
    assert is_dead(site, cookie)


def test_A43_a_cookie_is_dead_after_all_others_were_ended(site, person):
    other = person.elsewhere()
    assert person.visitor.fill("/account/sessions", {"session": "others"}).status == 303
    assert not is_signed_in(other)
    assert is_signed_in(person.visitor)


def test_A43_S43_a_cookie_is_dead_after_a_change_of_the_password(site, person):
    other, old = person.elsewhere(), person.visitor.cookies[SESSION]
    person.visitor.fill("/account/password", {"current-password": PASSWORD, "new-password": OTHER_PASSWORD})
    assert not is_signed_in(other)
    assert is_signed_in(person.visitor)
    assert is_dead(site, old)


def test_A43_a_cookie_is_dead_after_a_reset(site, person):
    press(site.visitor(), person.reset_link(), {"new-password": OTHER_PASSWORD})
    assert not is_signed_in(person.visitor)


def test_A43_S44_a_cookie_is_dead_while_the_account_is_disabled(site, person):
    assert site.operator("accounts", "disable", person.address).returncode == 0
    assert not is_signed_in(person.visitor)
    assert person.sign_in(site.visitor()).status == 422
    assert site.operator("accounts", "enable", person.address).returncode == 0
    assert person.sign_in(site.visitor()).status == 303


def test_A43_S44_a_cookie_is_dead_after_the_account_was_closed(site, person):
    other = person.elsewhere()
    assert person.visitor.fill("/account/close", {"password": PASSWORD}).status == 303
    assert not is_signed_in(other)
    assert person.sign_in(site.visitor()).status == 422


def test_A43_every_cookie_of_the_site_is_dead_by_one_command(tmp_path):
    with Site(tmp_path) as site:
        people = [new_person(site), new_person(site)]
        assert site.operator("sessions", "end", "--all").returncode == 0
        assert not any(is_signed_in(person.visitor) for person in people)
        assert people[0].sign_in().status == 303


def test_A43_P6_a_cookie_outlives_a_new_key(tmp_path):
    with Site(tmp_path) as site:
        person = new_person(site)
        assert site.operator("keys", "rotate").returncode == 0
        assert is_signed_in(person.visitor)
        assert person.sign_in(site.visitor()).status == 303
        assert is_signed_in(person.visitor)


@pytest.mark.parametrize("cookies", [
    "{name}={cookie}; {name}={cookie}",
    "{name}=other; {name}={cookie}",
    "{name}={cookie}, {name}={cookie}",
    "{name}={cookie}, x=y",
    '{name}="{cookie}"',
    "$Version=1; {name}=\"{cookie}\"; $Path=/",
    "__host-session={cookie}",
    "__HOST-SESSION={cookie}",
    "session={cookie}",
    " \u2000{name}={cookie}",
    "{name} ={cookie}",
    "{name}= {cookie}",
    "{name}={cookie}%20",
    "{name}={cookie}\u00e9",
    "{name}",
    "{name}=",
])
def test_A44_P9_a_cookie_that_is_not_exactly_ours_opens_nothing(site, person, cookies):
    line = cookies.format(name=SESSION, cookie=person.visitor.cookies[SESSION])
    answer = with_cookies(site, line.encode()).get("/account/")
    assert answer.status in (303, 400)


def test_A44_two_cookie_fields_of_one_name_are_refused(site, person):
    line = f"Cookie: {SESSION}={person.visitor.cookies[SESSION]}\r\n".encode()
    answer = site.exchange(
        b"GET /account/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + line + line + b"\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ")


def test_A44_foreign_cookies_do_no_harm(site, person):
    line = f"theme=dark; {SESSION}={person.visitor.cookies[SESSION]}; x=1; x=2; _ga=GA1.1.1"
    assert with_cookies(site, line).get("/account/").status == 200


def test_A45_P8_own_cookies_are_small(site, person):
    for page in OPEN_PAGES + OWN_PAGES:
        person.visitor.get(page)
    sizes = {name: len(name) + len(value) for name, value in person.visitor.cookies.items()}
    assert sizes[SESSION] < 300
    assert sum(sizes.values()) < 1000


def test_A46_P5_a_cookie_is_not_taken_for_another(site, person):
    for name, value in person.visitor.cookies.items():
        if name != SESSION:
            assert is_dead(site, value), name
    token = person.visitor.get("/account/").page.value("form-token")
    assert is_dead(site, token)
    session = person.visitor.cookies[SESSION]
    visitor = site.visitor()
    visitor.cookies = {name: session for name in person.visitor.cookies if name != SESSION}
    assert not is_signed_in(visitor)


def test_A46_a_cookie_of_another_site_opens_nothing(site, person, tmp_path):
    with Site(tmp_path) as other:
        foreigner = new_person(other)
        assert is_dead(site, foreigner.visitor.cookies[SESSION])


def test_A46_S40_a_cookie_of_which_a_character_was_changed_opens_nothing(site, person):
    cookie = person.visitor.cookies[SESSION]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for position, character in enumerate(cookie):
        # The letter half the alphabet away differs from it in the highest of its six bits.
        index = alphabet.find(character)
        other = alphabet[(index + 32) % 64] if index >= 0 else "A"
        changed = cookie[:position] + other + cookie[position + 1:]
        assert is_dead(site, changed), f"with {other} at {position}"


# What another site, or no site at all, may send with each form.
FORGERIES = {
    "from another site": {"Origin": "https://evil.test", "Sec-Fetch-Site": "cross-site"},
    "from another site, says the browser": {"Origin": None, "Sec-Fetch-Site": "cross-site"},
    "from a sibling": {"Origin": None, "Sec-Fetch-Site": "same-site"},
    "from nowhere": {"Origin": "null", "Sec-Fetch-Site": None},
    "from a site with a name like ours": {"Origin": "http://localhost.evil.test", "Sec-Fetch-Site": None},
    "from another port": {"Origin": "http://localhost:1", "Sec-Fetch-Site": None},
    "as https": {"Origin": "https://localhost", "Sec-Fetch-Site": None},
}


@pytest.mark.parametrize("headers", FORGERIES.values(), ids=FORGERIES.keys())
@pytest.mark.parametrize("path, fields, takes_session", FORMS)
def test_A48_S51_no_other_site_sends_a_form(site, member, path, fields, takes_session, headers):
    answer = member.visitor.post(path, fields, headers=headers)
    assert answer.status == 403
    assert is_signed_in(member.visitor)


@pytest.mark.parametrize("path, fields, takes_session", FORMS)
@pytest.mark.parametrize("token", [None, "", "x", "stranger"])
def test_A48_S51_no_form_is_heard_without_its_token(site, member, path, fields, takes_session, token):
    hidden = {"form-token": site.visitor().get("/account/sign-in").page.value("form-token")
              if token == "stranger" else token}
    answer = member.visitor.post(
        path, fields | ({} if token is None else hidden), remembering=False,
        headers={"Origin": None, "Sec-Fetch-Site": None})
    # The same form again, with a fresh token and a calm line, or a plain no; never what was asked for.
    assert answer.status in (403, 422)
    assert is_signed_in(member.visitor)


@pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data; boundary=x", "application/json", ""])
def test_A48_another_media_type_is_refused(site, member, content_type):
    member.visitor.get("/account/")
    answer = member.visitor.post("/account/sign-out", headers={"Content-Type": content_type})
    assert answer.status == 415
    assert is_signed_in(member.visitor)


def test_A48_a_form_sent_as_a_query_does_nothing(site, member):
    token = member.visitor.get("/account/").page.value("form-token")
    for path in ("/account/sign-out", "/account/sessions", "/account/close"):
        answer = member.visitor.get(f"{path}?form-token={token}&session=others&{urlencoded({'password': PASSWORD})}")
        assert answer.status in (200, 303, 400, 405)
    assert is_signed_in(member.visitor)
    assert member.sign_in(site.visitor()).status == 303


@pytest.fixture(scope="module")
def member(site):
    """Somebody who stays signed in through many tests."""
    return new_person(site)


PAYLOADS = [
    "<script>document.title='owned'</script>@example.org",
    "\"><img src=x onerror=alert(1)>@example.org",
    "\"\u0301 autofocus onfocus=document.title=1337 x=\"@example.org",
    "' onmouseover='alert(1)@example.org",
    "javascript:alert(1)",
    "{{email}}{{#if x}}@example.org",
    "&lt;b&gt;@example.org",
]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("path", ["/account/sign-in", "/account/sign-up", "/account/reset"])
def test_A49_what_was_typed_comes_back_as_text(site, path, payload):
    visitor = site.visitor()
    answer = visitor.fill(path, {"email": payload, "password": "x", "next": payload})
    assert answer.status == 422
    field = answer.page.form(path).fields["email"]
    assert field["value"] == payload
    assert set(field) <= {
        "id", "name", "type", "value", "autocomplete", "spellcheck", "autocapitalize", "aria-invalid",
        "aria-describedby", "inputmode", "class", "required", "autofocus"}


@pytest.mark.parametrize("agent", ["<script>alert(1)</script>", "\"><b>x", "Mozilla/5.0 {{email}}", "a" * 4000])
def test_A49_a_browsers_name_is_shown_as_text(site, person, agent):
    visitor = site.visitor(agent)
    assert person.sign_in(visitor).status == 303
    text = person.visitor.get("/account/").text
    assert "<script>" not in text and "<b>x" not in text


@pytest.mark.parametrize("path", OPEN_PAGES + OWN_PAGES)
def test_A49_A50_S53_S55_every_page_is_kept_to_itself(site, member, path):
    answer = member.visitor.get(path)
    answer = answer if answer.status == 200 else site.visitor().get(path)
    assert answer.status == 200
    policy = answer.header("Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    for directive in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
        assert directive in policy
    assert "script-src" not in policy and "unsafe-inline" not in policy
    assert answer.header("Cache-Control") == "no-store"
    assert answer.header("X-Content-Type-Options") == "nosniff"
    assert answer.header("Referrer-Policy") == "no-referrer"


def test_A51_P14_a_form_of_one_account_is_not_heard_in_the_session_of_another(site, person):
    browser, other = person.visitor, new_person(site)
    form = dict(browser.get("/account/password").page.form("/account/password").hidden)
    assert person.sign_out().status == 303
    assert other.sign_in(browser).status == 303
    answer = browser.post(
        "/account/password", {**form, "current-password": PASSWORD, "new-password": OTHER_PASSWORD},
        remembering=False)
    assert answer.status == 403
    assert answer.page.text.strip()
    assert other.sign_in(site.visitor()).status == 303
    assert person.sign_in(site.visitor()).status == 303


def test_P14_a_form_outlives_signing_in_in_another_tab(site, person):
    browser = site.visitor()
    browser.get("/account/sign-in")
    form = dict(browser.remembered["/account/sign-in"])
    assert person.sign_in(browser).status == 303
    fields = {**form, "email": person.address, "password": person.password}
    assert browser.post("/account/sign-in", fields, remembering=False).status == 303
