"""Sites that advise or require a second factor."""

import pytest
from harness.factors import APP, CODES, add_lines, enrol_app, shown_codes
from harness.people import PASSWORD, new_person, press, sign_in, sign_up
from harness.site import QUICK, Site

START = "/account/second-factor/start"
ADVICE = "One password is not much"
OWN = ["/account/", "/account/password", "/account/address", "/account/sessions", "/account/close",
       "/account/second-factor/remove"]


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    """A site where everybody must have a second factor."""
    with Site(tmp_path_factory.mktemp("strict"), {**QUICK, "second-factor-required": "everybody"}) as site:
        yield site


def newcomer(site):
    """Somebody who has signed up and in, and may not have a factor yet."""
    visitor, address = site.visitor(), site.new_address()
    sign_up(visitor, address)
    press(visitor, site.mailbox.next(address).link)
    visitor.get("/account/sign-in")
    if visitor.get("/account/check").status == 401:
        sign_in(visitor, address, PASSWORD)
    return visitor, address


@pytest.mark.parametrize("path", OWN)
def test_a_required_factor_stands_before_everything_else(strict, path):
    visitor, _ = newcomer(strict)
    assert visitor.get(path).location == START
    visitor.get(START)
    token = {"form-token": dict(next(iter(visitor.remembered.values())))["form-token"]}
    answer = visitor.post(path, {**token, "password": PASSWORD, "current-password": PASSWORD, "new-password": "x"})
    assert (answer.status, answer.location) == ((405, None) if path == "/account/" else (303, START))


def test_a_required_factor_stands_before_the_gate(strict):
    visitor, _ = newcomer(strict)
    gate = visitor.get("/account/check")
    assert (gate.status, gate.location, gate.header("X-Account-Id")) == (403, None, None)
    enrol_app(visitor)
    assert visitor.get("/account/check").status == 204


def test_the_enrolment_says_why_and_leads_on(strict):
    visitor, _ = newcomer(strict)
    page = visitor.get(START)
    assert page.status == 200 and "asks you for a second factor" in page.page.text
    assert APP in page.page.links and "/account/" not in page.page.links[3:]
    enrol_app(visitor)
    assert len(shown_codes(visitor.get(CODES))) == 10
    assert visitor.get("/account/").status == 200
    assert ADVICE not in visitor.get("/account/").page.text


def test_whoever_must_enrol_can_still_sign_out(strict):
    visitor, _ = newcomer(strict)
    visitor.get(START)
    assert visitor.post("/account/sign-out").status == 303
    assert visitor.get("/account/check").status == 401


def test_a_factor_may_be_required_of_some(tmp_path):
    with Site(tmp_path, {**QUICK, "second-factor-required": "staff editors"}) as site:
        reader, editor = new_person(site), new_person(site)
        add_lines(site, editor.address, "group editors")
        assert reader.visitor.get("/account/").status == 200
        assert reader.visitor.get("/account/check").status == 204
        assert editor.visitor.get("/account/").location == START
        assert editor.visitor.get("/account/check").status == 403


@pytest.mark.parametrize("day, is_required", [("2026-01-31", True), ("2999-01-31", False)])
def test_a_factor_may_be_required_from_a_day_on(tmp_path, day, is_required):
    with Site(tmp_path, {**QUICK, "second-factor-required": f"everybody from {day}"}) as site:
        visitor, _ = newcomer(site)
        answer = visitor.get("/account/")
        assert (answer.location == START) == is_required
        if not is_required:
            assert "From 31 January 2999 on you need a second factor" in answer.page.text
            assert visitor.get("/account/check").status == 204
            enrol_app(visitor)
            assert "you need a second factor" not in visitor.get("/account/").page.text


def test_advice_is_given_dismissed_and_remembered(site):
    person = new_person(site)
    page = person.visitor.get("/account/")
    assert ADVICE in page.page.text and START in page.page.links
    assert person.visitor.post("/account/second-factor/dismiss").location == "/account/"
    assert ADVICE not in person.visitor.get("/account/").page.text
    assert ADVICE not in person.elsewhere().get("/account/").page.text
    assert "Add a second factor" in person.visitor.get("/account/").page.text, "the way there stays"


def test_advice_ends_with_the_first_factor(site):
    person = new_person(site)
    enrol_app(person.visitor)
    assert ADVICE not in person.visitor.get("/account/").page.text


def test_advice_can_be_switched_off(tmp_path):
    with Site(tmp_path, {**QUICK, "second-factor-advice": "no"}) as site:
        assert ADVICE not in new_person(site).visitor.get("/account/").page.text


def test_no_other_site_dismisses_the_advice(site):
    person = new_person(site)
    person.visitor.get("/account/")
    answer = person.visitor.post(
        "/account/second-factor/dismiss", headers={"Origin": "https://evil.test", "Sec-Fetch-Site": "cross-site"})
    assert answer.status == 403
    assert ADVICE in person.visitor.get("/account/").page.text


@pytest.mark.parametrize("value", ["nobody from 2027-01-31", "everybody from tomorrow", "staff from", ""])
def test_a_mistaken_requirement_is_refused(tmp_path, value):
    site = Site(tmp_path, {**QUICK, "second-factor-required": value})
    told = site.operator("doctor")
    assert told.returncode == 1 and "second-factor-required" in told.stdout + told.stderr
