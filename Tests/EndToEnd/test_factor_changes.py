"""Adding and removing second factors, and what that ends: lines S25, S26, A35, A36 and A41."""

import re

import pytest
from harness.factors import (
    APP, CHALLENGE, CODES, REMOVE, App, account_file, add_lines, edit_account, enrol_app, guarded_person, is_right, prove,
    shown_key, wrong_code,
)
from harness.people import OTHER_PASSWORD, PASSWORD, SESSION, is_signed_in, new_person, press
from harness.site import QUICK, Site

CONFIRM = "/account/confirm"
REMEMBERED = "__Host-remembered"
WRONG = "certainly not the password"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Site(tmp_path_factory.mktemp("site"), {**QUICK, "second-factor-required": "staff"}, workers=4) as site:
        yield site


@pytest.fixture
def person(site):
    return guarded_person(site)


@pytest.fixture
def remembered(person):
    """A browser of this person's in which no code is asked for, which is signed out."""
    browser = person.halfway()
    assert is_right(prove(browser, person.code(), remember="yes"))
    browser.fill("/account/sign-out", at="/account/")
    return browser


def is_asked(person, browser) -> bool:
    """Whether a code is asked for when the person signs in in this browser."""
    location = person.sign_in(browser).location.partition("?")[0]
    assert location in (CHALLENGE, "/account/", "/account/attention"), location
    return location == CHALLENGE


def remove(visitor, **fields):
    return visitor.fill(REMOVE, fields)


def choices(person) -> list[str]:
    """The factors that can be chosen for removal."""
    return re.findall(r'name="factor" type="radio" value="(\S+)"', person.visitor.get(REMOVE).text)


def has_app(person) -> bool:
    return "\napp " in account_file(person.site, person.address).read_text()


def subjects(person) -> list[str]:
    return [message.subject.partition("Millbrook")[0].strip() for message in person.site.mailbox.all(person.address)]


# Who it is is asked again

def test_S25_a_session_without_a_code_is_asked_for_one_first(person, remembered):
    assert not is_asked(person, remembered)
    for path in (APP, CODES):
        answer = remembered.get(path) if path == APP else remembered.fill(path)
        assert answer.location == f"{CONFIRM}?next={path.replace('/', '%2F')}"
    page = remembered.get(CONFIRM)
    assert {"password", "code"} <= set(page.page.form(CONFIRM).fields)
    answer = remembered.post(CONFIRM, {"password": PASSWORD, "code": person.code(), "next": APP})
    assert answer.location == APP
    assert shown_key(remembered.get(APP))
    assert remembered.get("/account/check").header("X-Account-Level") == "2"


def test_S25_confirming_takes_the_password_and_the_code(person, remembered):
    assert not is_asked(person, remembered)
    for fields, problems in [
        ({}, ["password", "code"]), ({"password": PASSWORD}, ["code"]), ({"code": person.code()}, ["password"]),
        ({"password": WRONG, "code": person.code()}, ["password"]),
        ({"password": PASSWORD, "code": wrong_code(person.app)}, ["code"]),
    ]:
        answer = remembered.fill(CONFIRM, fields)
        assert (answer.status, answer.page.problems) == (422, problems)
        assert PASSWORD not in answer.text and WRONG not in answer.text
    assert remembered.get(APP).location.startswith(CONFIRM)


def test_S25_ending_the_others_makes_nobody_fresh(person, remembered):
    assert not is_asked(person, remembered)
    for fields in ({"session": "others"}, {"session": "devices"}):
        assert remembered.fill("/account/sessions", fields, at="/account/").status == 303
        assert remembered.get(APP).location.startswith(CONFIRM)
    gate = remembered.get("/account/check")
    assert gate.status == 204


def test_S25_a_new_password_makes_nobody_fresh(person, remembered):
    assert not is_asked(person, remembered)
    assert remembered.fill(
        "/account/password", {"current-password": PASSWORD, "new-password": OTHER_PASSWORD}).status == 303
    assert remembered.get(APP).location.startswith(CONFIRM)


@pytest.mark.parametrize("path, fields", [
    ("/account/sessions", {"session": "others"}),
    ("/account/password", {"current-password": PASSWORD, "new-password": OTHER_PASSWORD}),
])
def test_the_level_of_a_session_outlives_its_name(person, path, fields):
    before = person.visitor.cookies[SESSION]
    assert person.visitor.fill(path, fields, at="/account/" if "session" in fields else path).status == 303
    assert person.visitor.cookies[SESSION] != before
    assert person.visitor.get("/account/check").header("X-Account-Level") == "2"


def test_A45_confirming_leads_nowhere_else(person, remembered):
    assert not is_asked(person, remembered)
    answer = remembered.fill(CONFIRM, {"password": PASSWORD, "code": person.code(), "next": "//evil.test/"})
    assert answer.location == "/account/"


# Removing

def test_A35_S25_removing_takes_the_password_and_a_code(person):
    for fields, problems in [
        ({}, ["password", "code"]), ({"password": PASSWORD}, ["code"]), ({"code": person.code()}, ["password"]),
        ({"password": WRONG, "code": person.code()}, ["password"]),
        ({"password": PASSWORD, "code": wrong_code(person.app)}, ["code"]),
    ]:
        answer = remove(person.visitor, **fields)
        assert (answer.status, answer.page.problems) == (422, problems)
        assert has_app(person)
    answer = remove(person.visitor, password=PASSWORD, code=person.code())
    assert answer.location.startswith("/account/?notice=app-removed")
    assert not has_app(person)
    assert "The app is removed" in person.visitor.get(answer.location).page.text


def test_removing_the_last_factor_removes_the_recovery_codes(person):
    remove(person.visitor, password=PASSWORD, code=person.recovery_codes[0])
    assert not has_app(person)
    assert "recovery-code" not in account_file(person.site, person.address).read_text()
    other = person.site.visitor()
    assert person.sign_in(other).location == "/account/"


def test_of_several_apps_the_chosen_one_is_removed(person):
    second = enrol_app(person.visitor, "Tablet")
    page = person.visitor.get(REMOVE).page
    names = re.findall(r"Authenticator app: (\S+),", page.text)
    assert names == ["App", "Tablet"]
    answer = remove(person.visitor, password=PASSWORD, code=person.code())
    assert (answer.status, answer.page.problems) == (422, ["factor"])
    assert remove(person.visitor, factor=choices(person)[0], password=PASSWORD, code=person.code()).status == 303
    person.code()
    assert not is_right(prove(person.halfway(), person.app.code()))
    assert is_right(prove(person.halfway(), second.code()))


def test_the_account_page_leads_to_the_removal_of_each_factor(person):
    page = person.visitor.get("/account/").page
    id = page.form(REMOVE).fields["factor"]["value"]
    page = person.visitor.get(f"{REMOVE}?factor={id}").page
    assert "checked" in page.form(REMOVE).fields["factor"]


def test_A35_somebody_elses_factor_is_none_of_ours(site, person):
    other = guarded_person(site)
    id = choices(other)[0]
    answer = remove(person.visitor, factor=id, password=PASSWORD, code=person.code())
    assert (answer.status, answer.page.problems) == (422, ["factor"])
    assert has_app(other) and has_app(person)


def test_A35_the_last_factor_stays_where_one_is_required(site):
    person = guarded_person(site)
    add_lines(site, person.address, "group staff")
    answer = remove(person.visitor, password=PASSWORD, code=person.code())
    assert answer.status == 422
    assert "You need a second factor here" in answer.page.text
    assert has_app(person)
    enrol_app(person.visitor, "Tablet")
    assert remove(person.visitor, factor=choices(person)[1], password=PASSWORD, code=person.code()).status == 303


def test_A41_no_way_of_removing_leads_around_the_code(person):
    """Whatever the form says besides."""
    for extra in ({"code": "", "recovery": "1"}, {"skip": "yes"}, {"factor": "", "code": "none"}):
        assert remove(person.visitor, password=PASSWORD, **extra).status == 422
    assert has_app(person)


# Other sessions

def test_S26_other_sessions_end_if_the_person_wants_it(person):
    other = person.elsewhere()
    page = person.visitor.get(APP).page
    assert "checked" in page.form(APP).fields["end-others"]
    app = shown_key(person.visitor.get(APP))
    answer = person.visitor.post(APP, {"code": App(app).code(), "end-others": "yes"})
    assert answer.status == 303
    assert not is_signed_in(other)
    assert is_signed_in(person.visitor)


def test_S26_other_sessions_go_on_if_not(person):
    other = person.elsewhere()
    enrol_app(person.visitor)
    assert is_signed_in(other)
    assert is_signed_in(person.visitor)


def test_S26_removing_ends_other_sessions_too(person):
    other = person.elsewhere()
    remove(person.visitor, **{"password": PASSWORD, "code": person.code(), "end-others": "yes"})
    assert not is_signed_in(other) and is_signed_in(person.visitor)


def test_S41_the_session_has_a_new_name_after_each_change(person):
    before = person.visitor.cookies[SESSION]
    enrol_app(person.visitor)
    assert person.visitor.cookies[SESSION] != before
    stale = person.site.visitor()
    stale.cookies[SESSION] = before
    assert not is_signed_in(stale)


# Notices

def test_S25_S35_the_owner_is_told_of_every_change(site):
    person = new_person(site)
    site.mailbox.all(person.address)
    first = enrol_app(person.visitor)
    assert subjects(person) == ["An authenticator app was added to your"]
    person.visitor.get(CODES)
    person.visitor.fill(CODES)
    assert subjects(person) == ["New recovery codes for your"]
    edit_account(site, person.address, r"(?m)^(app \S+ \S+) (\d+) ", lambda line: f"{line[1]} {int(line[2]) - 9} ")
    remove(person.visitor, password=PASSWORD, code=first.code())
    message = site.mailbox.next(person.address)
    assert message.subject.startswith("An authenticator app was removed")
    assert "Page script" in message.text or "browser" in message.text.lower()
    assert message.link.startswith("/account/not-me?token=")


def test_S35_which_notices_are_sent_is_for_the_operator_to_say(tmp_path):
    with Site(tmp_path, {**QUICK, "notices": "app-removed"}) as site:
        person = new_person(site)
        app = enrol_app(person.visitor)
        edit_account(site, person.address, r"(?m)^(app \S+ \S+) (\d+) ", lambda line: f"{line[1]} {int(line[2]) - 9} ")
        remove(person.visitor, password=PASSWORD, code=app.code())
        assert subjects(person) == ["An authenticator app was removed from your"]


# A thief

def test_A40_A12_the_notice_of_a_new_app_takes_the_app_away_again(site):
    person = new_person(site)
    thief = person.elsewhere()
    site.mailbox.all(person.address)
    enrol_app(thief)
    notice = site.mailbox.next(person.address)
    assert notice.subject.startswith("An authenticator app was added")
    browser = site.visitor()
    assert browser.get(notice.link).status == 200
    assert has_app(person), "looking does nothing"
    assert press(browser, notice.link).location == "/account/not-me/done"
    assert not has_app(person)
    assert not is_signed_in(thief) and not is_signed_in(person.visitor)
    assert person.sign_in(site.visitor()).status == 422, "the password is dead"
    press(browser, site.mailbox.next(person.address).link, {"new-password": OTHER_PASSWORD})
    assert person.sign_in(browser, OTHER_PASSWORD).location.partition("?")[0] in ("/account/", "/account/attention")


def test_A40_a_second_notice_does_not_void_the_link_of_the_first(site):
    person = new_person(site)
    thief = person.elsewhere()
    site.mailbox.all(person.address)
    enrol_app(thief)
    first = site.mailbox.next(person.address)
    thief.get(CODES)
    thief.fill(CODES)
    enrol_app(thief, "Another")
    assert len(site.mailbox.all(person.address)) == 2
    assert press(site.visitor(), first.link).location == "/account/not-me/done"
    assert not has_app(person)


def test_A40_another_notice_takes_no_factor_away(site, person):
    person.elsewhere()
    notice = next(message for message in site.mailbox.all(person.address) if "new device" in message.subject)
    assert press(site.visitor(), notice.link).location == "/account/not-me/done"
    assert has_app(person)


def test_A12_the_notice_of_an_app_is_no_way_past_it_after_three_days(site):
    person = new_person(site)
    site.mailbox.all(person.address)
    enrol_app(person.visitor)
    notice = site.mailbox.next(person.address)
    for path in (site.data / "confirmations").glob("*/not-me-*"):
        text = path.read_text()
        if f"\naddress {person.address}\n" in text and "change app-added" in text:
            path.write_text(re.sub(r"(?m)^asked .*$", "asked 2026-11-01T00:00:00Z", text))
    press(site.visitor(), notice.link)
    assert has_app(person)


# Remembered devices

def test_A36_a_remembered_device_is_not_asked(person, remembered):
    assert not is_asked(person, remembered)
    assert remembered.get("/account/check").header("X-Account-Level") == "2"


def test_A36_a_device_is_remembered_only_if_the_person_wants_it(person):
    browser = person.halfway()
    assert "checked" not in browser.get(CHALLENGE).page.form(CHALLENGE).fields["remember"]
    assert is_right(prove(browser, person.code()))
    assert REMEMBERED not in browser.cookies
    browser.fill("/account/sign-out", at="/account/")
    assert is_asked(person, browser)


def test_A36_the_cookie_is_worth_nothing_in_another_browser(person, remembered):
    thief = person.site.visitor()
    thief.get("/account/sign-in")
    thief.cookies[REMEMBERED] = remembered.cookies[REMEMBERED]
    assert is_asked(person, thief)


def test_A36_the_cookie_is_worth_nothing_at_another_account(site, person, remembered):
    other = guarded_person(site)
    assert is_asked(other, remembered)


def test_A36_it_is_asked_after_a_change_of_the_password(person, remembered):
    person.visitor.fill("/account/password", {"current-password": PASSWORD, "new-password": OTHER_PASSWORD})
    person.password = OTHER_PASSWORD
    assert is_asked(person, remembered)


def test_A36_it_is_asked_after_a_reset(site, person, remembered):
    press(site.visitor(), person.reset_link(), {"new-password": OTHER_PASSWORD})
    person.password = OTHER_PASSWORD
    assert is_asked(person, remembered)


@pytest.mark.parametrize("change", [
    lambda person: enrol_app(person.visitor),
    lambda person: person.visitor.fill("/account/sessions", {"session": "others"}, at="/account/"),
    lambda person: person.visitor.fill("/account/sessions", {"session": "devices"}, at="/account/"),
], ids=["another factor", "signed out everywhere", "forgotten by the person"])
def test_A36_it_is_asked_after_a_change(person, remembered, change):
    change(person)
    assert is_asked(person, remembered)


def test_A36_the_account_page_forgets_devices_by_a_button(person):
    page = person.visitor.get("/account/").page
    assert "devices" in page.values("session")
    answer = person.visitor.post("/account/sessions", {"session": "devices"})
    assert "All remembered devices are forgotten" in person.visitor.get(answer.location).page.text


def test_A36_S42_signing_out_forgets_no_device_and_no_device_is_a_session(person, remembered):
    assert remembered.get("/account/check").status == 401
    assert REMEMBERED in remembered.cookies
    assert person.sign_in(remembered, WRONG).status == 422
