"""Somebody has the password: who is told when the second factor fails, and what ends then."""

import calendar
import re
import time

import pytest
from harness.factors import (
    account_file, edit_account, guarded_person, is_right, prove, set_failures, wrong_code,
)
from harness.people import OTHER_PASSWORD, PASSWORD, SESSION, is_signed_in, new_person, press, sign_in
from harness.site import QUICK, Site

KNOWN = "Somebody has your Millbrook Seed Library password"
DEAD = "Choose a new password for Millbrook Seed Library"
OPERATOR = "A password at Millbrook Seed Library was taken out of use"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
WRONG = "certainly not the password"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Site(tmp_path_factory.mktemp("site"), QUICK, workers=4) as site:
        yield site


@pytest.fixture
def person(site):
    return guarded_person(site)


def subjects(site, address) -> list[str]:
    return [message.subject for message in site.mailbox.all(address)]


def fail(person, count, browser=None):
    """Types so many wrong codes."""
    browser = browser or person.halfway()
    wrong = wrong_code(person.app)
    for _ in range(count):
        assert prove(browser, wrong).status == 422
    return browser


def let_minutes_pass(site, address, minutes):
    """Lets what happened to an account, and what is due, have been so much earlier."""
    file = account_file(site, address)
    for record in (file, file.with_name("events")):
        if record.exists():
            record.write_text(DATE.sub(lambda date: earlier(date[0], minutes), record.read_text()))
    for due in (site.data / "due").glob(f"*-{file.parent.name}"):
        due.rename(due.with_name(f"{int(due.name[:12]) - 60 * minutes:012}{due.name[12:]}"))


def earlier(date, minutes):
    seconds = calendar.timegm(time.strptime(date, "%Y-%m-%dT%H:%M:%SZ"))
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds - 60 * minutes))


# Who is told

def test_A39_S65_a_wrong_password_mails_nobody(site, person):
    for _ in range(12):
        sign_in(site.visitor(), person.address, WRONG)
    assert subjects(site, person.address) == []


def test_A39_S65_the_right_password_and_five_wrong_codes_mail_once(site, person):
    intruder = site.visitor(FIREFOX)
    person.halfway(intruder)
    fail(person, 4, intruder)
    assert subjects(site, person.address) == []
    fail(person, 1, intruder)
    messages = site.mailbox.all(person.address)
    assert [message.subject for message in messages] == [KNOWN]
    text = messages[0].text
    assert "Firefox on Linux" in text
    assert intruder.network in text
    assert re.search(r"\d\d:\d\d", text)
    assert messages[0].link.startswith("/account/not-me?token=")
    assert "password-known" in site.log
    fail(person, 1, person.halfway())
    assert subjects(site, person.address) == []


def test_A39_more_failures_do_not_mail_again_while_they_go_on(site, person):
    fail(person, 5)
    assert subjects(site, person.address) == [KNOWN]
    for _ in range(3):
        let_minutes_pass(site, person.address, 14)
        fail(person, 1)
    assert subjects(site, person.address) == []


def test_A39_after_a_quiet_quarter_of_an_hour_they_do(site, person):
    fail(person, 5)
    assert subjects(site, person.address) == [KNOWN]
    let_minutes_pass(site, person.address, 60)
    edit_account(site, person.address, r"(?m)^factor-failures .*\n", "")
    fail(person, 4)
    assert subjects(site, person.address) == []
    fail(person, 1)
    assert subjects(site, person.address) == [KNOWN]


def test_S65_an_attempt_that_an_unknown_device_gives_up_is_told_of(site, person):
    person.halfway(site.visitor(FIREFOX))
    assert subjects(site, person.address) == []
    assert list((site.data / "due").glob(f"*-{account_file(site, person.address).parent.name}"))
    let_minutes_pass(site, person.address, 5)
    message = site.mailbox.next(person.address)
    assert message.subject == KNOWN and "Firefox on Linux" in message.text
    assert "Right password, then no code" in person.elsewhere().get("/account/").page.text
    assert KNOWN not in subjects(site, person.address)


def test_S65_giving_up_eight_times_mails_once(site, person):
    for _ in range(10):
        person.halfway()
    let_minutes_pass(site, person.address, 5)
    assert site.mailbox.next(person.address).subject == KNOWN
    time.sleep(1)
    assert subjects(site, person.address) == []


def test_S65_an_attempt_that_succeeded_is_not_told_of(site, person):
    browser = person.halfway()
    assert is_right(prove(browser, person.code()))
    subjects(site, person.address)
    let_minutes_pass(site, person.address, 5)
    time.sleep(1)
    assert subjects(site, person.address) == []


def test_S65_nor_is_one_from_a_device_that_the_account_knows(site, person):
    person.sign_out()
    person.halfway(person.visitor)
    let_minutes_pass(site, person.address, 5)
    time.sleep(1)
    assert subjects(site, person.address) == []


def test_the_operator_sees_who_was_told_in_the_log(site, person):
    fail(person, 5)
    id = account_file(site, person.address).parent.name
    assert re.search(rf"(?m)^.*password-known.*{id}.*$", site.log)
    assert PASSWORD not in site.log


# The next sign-in

def test_S65_the_next_sign_in_shows_what_was_tried(site, person):
    intruder = site.visitor(FIREFOX)
    person.halfway(intruder)
    fail(person, 2, intruder)
    browser = person.halfway()
    answer = prove(browser, person.code(), next="/members/")
    assert answer.location.startswith("/account/attention?notice=tried")
    page = browser.get(answer.location)
    assert "Somebody else has your password" in page.page.text
    assert "Firefox on Linux" in page.page.text
    assert "/members/" in page.page.links and "/account/password" in page.page.links
    # It is said once.
    again = person.halfway()
    assert prove(again, person.code()).location == "/account/"


def test_S65_ones_own_mistake_is_not_called_somebody_elses(site, person):
    browser = fail(person, 1)
    assert prove(browser, person.code()).location == "/account/"


def test_nobody_is_frightened_by_a_link(site, person):
    answer = person.visitor.get("/account/attention?notice=tried", Sec_Fetch_Site="cross-site")
    assert answer.location == "/account/"


# The link in the message

def known_mail(site, person):
    fail(person, 5)
    return next(message for message in site.mailbox.all(person.address) if message.subject == KNOWN)


def test_A40_the_link_locks_the_account_and_leads_to_a_reset_by_mail(site, person):
    link = known_mail(site, person).link
    browser = site.visitor()
    page = browser.get(link)
    assert page.status == 200 and "was stopped by your second factor" in page.page.text
    assert is_signed_in(person.visitor), "looking does nothing"
    assert browser.request("HEAD", link).status == 200 and is_signed_in(person.visitor)
    answer = press(browser, link)
    assert answer.location == "/account/not-me/done"
    assert not is_signed_in(person.visitor)
    assert sign_in(site.visitor(), person.address, PASSWORD).status == 422
    assert SESSION not in browser.cookies, "it does not sign in"
    message = site.mailbox.next(person.address)
    assert message.subject == DEAD
    press(browser, message.link, {"new-password": OTHER_PASSWORD})
    person.password = OTHER_PASSWORD
    edit_account(site, person.address, r"(?m)^factor-failures .*\n", "")
    assert is_right(prove(person.halfway(browser), person.code())), "the factor is still there"


def test_A40_the_link_works_once_and_is_not_to_be_guessed(site, person):
    link = known_mail(site, person).link
    assert press(site.visitor(), link).status == 303
    again = site.visitor().get(link)
    assert again.status == 200 and "no longer works" in again.page.text
    other = guarded_person(site)
    for wrong in (link[:-1] + ("A" if link[-1] != "A" else "B"), link[:-4], "/account/not-me?token=", "/account/not-me"):
        assert site.visitor().get(wrong).status == 422
    assert is_signed_in(other.visitor)


def test_A40_the_link_is_pressed_from_no_other_site(site, person):
    link = known_mail(site, person).link
    browser = site.visitor()
    browser.get(link)
    answer = browser.post(
        "/account/not-me", headers={"Origin": "https://evil.test", "Sec-Fetch-Site": "cross-site"})
    assert answer.status == 403
    assert is_signed_in(person.visitor)


# The thirtieth wrong code

def exhaust(site, person):
    """Lets twenty-nine wrong codes have been typed, and types the last."""
    set_failures(person, 29, seconds_ago=3601)
    browser = person.halfway(site.visitor(FIREFOX))
    return browser, prove(browser, wrong_code(person.app))


def test_S24_thirty_wrong_codes_take_the_password_away(site, person):
    browser, answer = exhaust(site, person)
    assert answer.location == "/account/sign-in?notice=reset-required"
    page = browser.get(answer.location)
    assert "There were too many wrong codes" in page.page.text
    assert not is_signed_in(person.visitor), "every session is over"
    assert "reset-required" in account_file(site, person.address).with_name("events").read_text()
    assert sign_in(site.visitor(), person.address, PASSWORD).status == 422
    assert prove(browser, person.app.code()).status in (303, 403)
    assert not is_signed_in(browser)


def test_S24_the_person_and_the_operator_are_told(site, person):
    sender = re.search(r"(?m)^mail-from (\S+)$", (site.data / "postern.conf").read_text())[1]
    site.mailbox.all(sender)
    exhaust(site, person)
    message = next(message for message in site.mailbox.all(person.address) if message.subject == DEAD)
    assert message.link == "/account/reset" and "Firefox on Linux" in message.text
    told = site.mailbox.all(sender)
    assert [mail.subject for mail in told] == [OPERATOR]
    assert person.address in told[0].text
    assert "exhausted" in site.log


def test_S24_a_new_password_by_mail_opens_the_account_and_the_factor_stays(site, person):
    exhaust(site, person)
    site.mailbox.all(person.address)
    browser = site.visitor()
    answer = press(browser, person.reset_link(), {"new-password": OTHER_PASSWORD})
    page = browser.get(answer.location)
    assert "Your new password is set" in page.page.text
    person.password = OTHER_PASSWORD
    assert is_right(prove(person.halfway(browser), person.code()))


def test_S24_guessing_inside_a_session_ends_it_too(site, person):
    set_failures(person, 29, seconds_ago=3601)
    answer = person.visitor.fill("/account/confirm", {"password": PASSWORD, "code": wrong_code(person.app)})
    assert answer.location == "/account/sign-in?notice=reset-required"
    assert not is_signed_in(person.visitor)


# What the operator configures

@pytest.mark.parametrize("audience, complaint", [
    ("strangers when wrong-password 5 within 15m do mail", "audience"),
    ("x when second-factor-failed 0 within 15m do log", "audience"),
    ("x when second-factor-failed 5 do log", "audience"),
    ("x when no-such-event 5 within 15m do log", "audience"),
])
def test_A39_an_audience_that_lets_strangers_mail_people_is_refused(tmp_path, audience, complaint):
    site = Site(tmp_path, {**QUICK, "audience": audience})
    told = site.operator("doctor")
    assert told.returncode == 1 and complaint in told.stdout + told.stderr


def test_an_audience_of_ones_own_is_logged_once(tmp_path):
    with Site(tmp_path, {**QUICK, "audience": "guessed-at when wrong-password 3 within 1h do flag log"}) as site:
        person = new_person(site)
        site.mailbox.all(person.address)
        for _ in range(5):
            sign_in(site.visitor(), person.address, WRONG)
        assert site.log.count("guessed-at") == 1
        assert "\naudience guessed-at " in account_file(site, person.address).read_text()
        assert subjects(site, person.address) == []
