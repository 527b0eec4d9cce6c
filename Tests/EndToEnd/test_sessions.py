"""Sessions and their cookies: lines S39 to S50."""

import base64
import re

import pytest
from harness.clock import make_sessions_unused
from harness.map import OPEN_PAGES, OWN_PAGES
from harness.people import PASSWORD, SESSION, is_signed_in, new_person, press, sign_up
from harness.site import Site


def test_S39_every_cookie_is_kept_to_this_host_and_from_scripts(site, person):
    visitor = person.visitor
    lines = []
    for path in OPEN_PAGES + OWN_PAGES:
        lines += visitor.get(path).all("Set-Cookie")
    visitor.get("/account/")
    lines += visitor.post("/account/sign-out").all("Set-Cookie")
    lines += person.sign_in(site.visitor()).all("Set-Cookie")
    assert any(line.startswith(SESSION) for line in lines)
    for line in lines:
        pair, *attributes = line.split("; ")
        assert pair.startswith("__Host-") and len(pair) < 300
        names = {attribute.partition("=")[0].lower() for attribute in attributes}
        assert {"secure", "httponly", "path", "samesite"} <= names and "domain" not in names
        assert "Path=/" in attributes
        assert "SameSite=Lax" in attributes or "SameSite=Strict" in attributes


def test_S40_a_cookie_tells_nobody_anything(site, person):
    cookie = person.visitor.cookies[SESSION]
    for part in re.split("[.~]", cookie):
        decoded = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        assert person.address.encode() not in decoded and b"example" not in decoded
    assert len(cookie) > 40


def test_S40_no_two_sessions_have_a_cookie_in_common(site, person):
    cookies = [person.elsewhere().cookies[SESSION] for _ in range(10)]
    assert len(set(cookies)) == len(cookies)


def test_S42_signing_out_stands_on_every_own_page(person):
    for path in OWN_PAGES:
        actions = [form.action for form in person.visitor.get(path).page.forms]
        assert "/account/sign-out" in actions, path


@pytest.mark.parametrize("path", OWN_PAGES)
def test_S42_an_own_page_asks_a_stranger_to_sign_in(site, path):
    answer = site.visitor().get(path)
    assert answer.status == 303
    assert answer.location.startswith("/account/sign-in")


@pytest.mark.parametrize("days, lives", [(13, True), (15, False)])
def test_S45_a_session_that_is_not_used_ends(tmp_path, days, lives):
    with Site(tmp_path) as site:
        person = new_person(site)
        make_sessions_unused(site.data, days=days)
        assert is_signed_in(person.visitor) == lives


def test_S46_a_person_sees_every_session_and_ends_one(site, person):
    phone, laptop = site.visitor("Mozilla/5.0 (iPhone)"), site.visitor("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
    for visitor in (phone, laptop):
        assert person.sign_in(visitor).status == 303
    page = person.visitor.get("/account/sessions").page
    sessions = set(page.values("session")) - {"others"}
    assert len(sessions) >= 2
    own = site_sessions_of(laptop)
    assert len(own) == len(sessions)

    for session in sessions:
        if is_signed_in(phone):
            person.visitor.fill("/account/sessions", {"session": session})
    assert not is_signed_in(phone)
    assert is_signed_in(person.visitor)


def site_sessions_of(visitor):
    return set(visitor.get("/account/sessions").page.values("session")) - {"others"}


def test_S46_nobody_ends_a_session_of_somebody_else(site, person):
    victim = new_person(site)
    victim.elsewhere()
    for session in site_sessions_of(victim.visitor):
        person.visitor.fill("/account/sessions", {"session": session})
    assert len(site_sessions_of(victim.visitor)) >= 1
    assert is_signed_in(victim.visitor)


@pytest.mark.parametrize("path, fields", [
    ("/account/password", {"new-password": "velvet gravel orchid piston"}),
    ("/account/address", {"email": "other@example.net"}),
    ("/account/close", {}),
])
@pytest.mark.parametrize("proof", [None, "", "wrong password"])
def test_S47_S7_a_change_takes_the_password_again(site, member, path, fields, proof):
    name = "current-password" if path == "/account/password" else "password"
    answer = member.visitor.fill(path, fields | ({} if proof is None else {name: proof}))
    assert answer.status in (400, 422, 429)
    assert name in answer.page.problems or answer.status != 422
    assert is_signed_in(member.visitor)
    assert not site.mailbox.all("other@example.net")


@pytest.fixture(scope="module")
def member(site):
    return new_person(site)


def test_S48_no_token_of_a_session_stands_in_an_address(site, person):
    cookie = person.visitor.cookies[SESSION]
    for path in OPEN_PAGES + OWN_PAGES:
        answer = person.visitor.get(path)
        assert cookie not in (answer.header("Location") or "") + "".join(answer.page.links)


def test_S48_the_token_of_a_mailed_link_leaves_the_address_at_once(site, person):
    link = person.reset_link()
    answer = site.visitor().get(link)
    assert answer.status == 303
    assert answer.location == "/account/reset/new"


def test_S49_signing_out_clears_what_the_browser_kept(site, person):
    person.visitor.get("/account/")
    answer = person.visitor.post("/account/sign-out")
    assert SESSION not in person.visitor.cookies
    assert '"cache"' in (answer.header("Clear-Site-Data") or "")
    assert '"cookies"' not in answer.header("Clear-Site-Data")


def test_S41_proving_an_address_from_elsewhere_does_not_sign_the_first_browser_in(site):
    visitor, elsewhere, address = site.visitor(), site.visitor(), site.new_address()
    sign_up(visitor, address, PASSWORD)
    press(elsewhere, site.mailbox.next(address).link)
    assert not is_signed_in(visitor)
