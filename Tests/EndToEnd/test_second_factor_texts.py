"""Codes that go to a phone as text messages."""

import re
from datetime import datetime, timedelta, timezone

import pytest
from harness.factors import (
    APP, CHALLENGE, PHONE, REMOVE, TEXT, Phones, account_file, ask_for_text, edit_account, enrol_app,
    enrol_phone, guarded_person, is_right, new_number, person_with_phone, prove,
)
from harness.people import PASSWORD, is_signed_in, new_people, new_person
from harness.site import QUICK, Site
from harness.visitor import Visitor

CONFIRM = "/account/confirm"
SENT_AT = re.compile(r"(?m)^(sent-code \S+ )(\S+)")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Site(tmp_path_factory.mktemp("site"), QUICK, workers=4) as site:
        yield site


@pytest.fixture(scope="module")
def phones(site):
    return Phones(site)


@pytest.fixture
def owner(site, phones):
    """Somebody whose second factor is a phone, and its number."""
    return person_with_phone(site, phones)


def halfway(person) -> Visitor:
    """A browser in which the right password was given; where there is a phone alone, a code is on its way."""
    visitor = person.site.visitor()
    answer = person.sign_in(visitor)
    assert answer.location.startswith(CHALLENGE)
    visitor.get(answer.location)
    return visitor


def make_codes_older(site, address, seconds):
    """Lets the codes of an account have been sent so much earlier."""
    def older(line):
        sent = datetime.strptime(line[2], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
        return line[1] + (sent - timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
    edit_account(site, address, SENT_AT, older)


def test_S70_the_last_line_is_bound_to_the_site(site, phones):
    person, number = new_person(site), new_number()
    assert ask_for_text(person.visitor, number).status == 303
    text = phones.next(number)
    assert re.search(r"\n@localhost #\d{6}\Z", text.words)
    assert text.words.startswith(f"Millbrook Seed Library: {text.code} is your code.")
    assert len(text.words) <= 160


@pytest.mark.parametrize("headers", [
    {"Host": "evil.test"}, {"X-Forwarded-Host": "evil.test"}, {"Forwarded": "host=evil.test"},
])
def test_A38_a_forged_host_is_in_no_text_message(site, phones, headers):
    person, number = new_person(site), new_number()
    person.visitor.get(PHONE)
    answer = person.visitor.post(PHONE, {"phone": number}, headers=headers)
    if answer.status == 303:
        assert "evil" not in phones.next(number).words
    assert not any("evil" in text.words for text in phones.all(number))


def test_S21_a_number_counts_once_its_owner_has_shown_the_code(site, phones):
    person, number = new_person(site), new_number()
    page = person.visitor.get(PHONE)
    assert "An app is safer" in page.page.text and APP in page.page.links
    answer = ask_for_text(person.visitor, number)
    assert "\nphone " not in account_file(site, person.address).read_text()
    page = person.visitor.follow(answer)
    assert number[-2:] in page.page.text and number not in page.text
    code = phones.next(number).code
    assert person.visitor.post(PHONE, {"code": f"{(int(code) + 1) % 10**6:06}"}).page.problems == ["code"]
    answer = person.visitor.post(PHONE, {"code": f"{code[:3]} {code[3:]}"})
    assert answer.location.startswith("/account/second-factor/recovery-codes")
    assert f" {number}\n" in account_file(site, person.address).read_text()


def test_S25_the_owner_is_told_of_a_new_phone(site, phones):
    person = new_person(site)
    site.mailbox.all(person.address)
    enrol_phone(person.visitor, phones, new_number())
    assert [message.subject for message in site.mailbox.all(person.address)] == [
        "Text messages were turned on for your Millbrook Seed Library account"]


def test_S21_a_thief_in_another_browser_cannot_use_the_code_for_a_number(site, phones):
    person, number = new_person(site), new_number()
    other = person.elsewhere()
    ask_for_text(person.visitor, number)
    code = phones.next(number).code
    other.get(PHONE)
    assert other.post(PHONE, {"code": code}).status == 422
    assert person.visitor.fill(PHONE, {"code": code}).status == 303


def test_S19_a_code_signs_in_once(site, phones, owner):
    person, number = owner
    browser = halfway(person)
    code = phones.next(number).code
    assert is_right(prove(browser, code))
    assert is_signed_in(browser)
    assert not is_right(prove(halfway(person), code))


def test_S19_a_code_is_for_the_attempt_that_asked(site, phones, owner):
    person, number = owner
    first = halfway(person)
    firsts = phones.next(number).code
    second = halfway(person)
    seconds = phones.next(number).code
    if firsts != seconds:
        assert not is_right(prove(second, firsts))
        assert not is_right(prove(first, seconds))
    assert is_right(prove(first, firsts))


@pytest.mark.parametrize("seconds, is_accepted", [(590, True), (600, False), (601, False)])
def test_S19_a_code_works_for_ten_minutes(site, phones, owner, seconds, is_accepted):
    person, number = owner
    browser = halfway(person)
    code = phones.next(number).code
    make_codes_older(site, person.address, seconds)
    assert is_right(prove(browser, code)) == is_accepted


def test_S19_a_new_code_voids_the_one_before(site, phones, owner):
    person, number = owner
    browser = halfway(person)
    first = phones.next(number).code
    answer = browser.fill(TEXT, at=CHALLENGE)
    assert answer.location.startswith(f"{CHALLENGE}?notice=sent")
    assert "We have sent you a text message" in browser.get(answer.location).page.text
    second = phones.next(number).code
    if first != second:
        assert not is_right(prove(browser, first))
    assert is_right(prove(browser, second))


def test_S20_A29_a_new_code_does_not_wipe_failures_out(site, phones, owner):
    person, number = owner
    browser = halfway(person)
    code = phones.next(number).code
    for _ in range(3):
        assert not is_right(prove(browser, f"{(int(code) + 1) % 10**6:06}"))
    browser.fill(TEXT, at=CHALLENGE)
    code = phones.next(number).code
    for _ in range(3):
        assert not is_right(prove(browser, f"{(int(code) + 1) % 10**6:06}"))
    assert prove(browser, code).status == 429


def test_S21_another_number_asks_who_it_is_first(site, phones, owner):
    person, number = owner
    # A remembered device has shown no factor in this session.
    browser = halfway(person)
    assert is_right(prove(browser, phones.next(number).code, remember="yes"))
    browser.cookies.pop("__Host-session")
    assert person.sign_in(browser).location == "/account/"
    answer = browser.get(PHONE)
    assert answer.location.startswith(f"{CONFIRM}?next=")
    assert browser.post(PHONE, {"phone": new_number()}).status in (303, 403)
    assert number in account_file(site, person.address).read_text()


def test_another_number_takes_the_place_of_the_old_one(site, phones, owner):
    person, number = owner
    new = new_number()
    enrol_phone(person.visitor, phones, new)
    browser = halfway(person)
    assert not phones.all(number)
    assert is_right(prove(browser, phones.next(new).code))


def test_A41_the_number_cannot_be_changed_with_the_password_alone(site, phones, owner):
    person, number = owner
    browser = halfway(person)
    other = new_number()
    form = dict(browser.remembered[CHALLENGE])
    answer = browser.post(PHONE, {**form, "phone": other})
    assert answer.location.startswith("/account/sign-in")
    browser.post(TEXT, {**form, "phone": other, "back": "confirm"})
    browser.post(TEXT, {**form, "phone": other, "back": "second-factor"})
    assert not phones.all(other)
    assert number in account_file(site, person.address).read_text()


def test_A41_a_text_message_goes_out_only_when_asked_for_where_there_is_an_app(site, phones, owner):
    person, number = owner
    enrol_app(person.visitor)
    browser = halfway(person)
    assert not phones.all(number)
    page = browser.get(CHALLENGE)
    assert "authenticator app" in page.page.text
    assert browser.post(TEXT).status == 303
    assert is_right(prove(browser, phones.next(number).code))


def test_nobody_is_offered_a_text_message_who_has_no_phone(site):
    person = guarded_person(site)
    browser = person.halfway()
    assert {form.action for form in browser.get(CHALLENGE).page.forms} == {CHALLENGE}
    assert browser.post(TEXT, dict(browser.remembered[CHALLENGE])).location.startswith(CHALLENGE)


# Pumping

def test_A37_a_number_gets_few_codes_whoever_asks(site, phones):
    number = new_number()
    people = new_people(site, 6)
    statuses = [ask_for_text(person.visitor, number).status for person in people]
    assert statuses == [303] * 4 + [429] * 2
    assert len(phones.all(number)) == 4


def test_A37_an_account_asks_for_few_codes_whatever_the_number(site, phones):
    person, numbers = new_person(site), [new_number() for _ in range(6)]
    answers = [ask_for_text(person.visitor, number) for number in numbers]
    assert [answer.status for answer in answers] == [303] * 4 + [429] * 2
    assert int(answers[-1].header("Retry-After")) > 30
    assert answers[-1].page.value("phone") == numbers[-1], "what was typed is kept"
    assert answers[-1].page.has_alert


def test_A37_an_account_gets_few_codes_at_the_challenge(site, phones, owner):
    person, number = owner
    # One went out at the enrolment.
    locations = [person.sign_in(site.visitor()).location for _ in range(5)]
    assert ["notice=sent" in location for location in locations] == [True] * 3 + [False] * 2
    assert len(phones.all(number)) == 3
    page = site.visitor()
    assert person.sign_in(page).location.startswith(f"{CHALLENGE}?notice=not-sent")
    assert "We could not send a text message just now" in page.get(f"{CHALLENGE}?notice=not-sent").page.text


def test_A37_a_network_causes_few_codes(site, phones):
    network = site.visitor().network
    people = new_people(site, 14)
    for person in people:
        person.visitor.network = network
    statuses = [ask_for_text(person.visitor, new_number()).status for person in people]
    assert statuses == [303] * 11 + [429] * 3


def test_A37_the_site_sends_so_many_in_a_day(tmp_path):
    with Site(tmp_path, {**QUICK, "texts-per-day": "3"}) as site:
        statuses = [ask_for_text(person.visitor, new_number()).status for person in new_people(site, 6)]
        assert statuses == [303] * 3 + [429] * 3


ELSEWHERE = "We cannot send text messages to that country"
MALFORMED = "Enter a mobile number in full"


@pytest.mark.parametrize("number, problem", [
    ("+1 876 555 0123", ELSEWHERE),  # Jamaica, a favourite of pumpers
    ("+44 7700 900123", ELSEWHERE), ("+7 912 345 67 89", ELSEWHERE),
    ("+1 900 555 0123", MALFORMED), ("+1 212 976 0123", MALFORMED), ("+1 212 911 0123", MALFORMED),
    ("+1 000 000 0000", MALFORMED), ("911", MALFORMED), ("+979 123456789", MALFORMED), ("+882 13300655", MALFORMED),
    ("not a number", MALFORMED), ("+1 212 555 0123; DROP", MALFORMED), ("+1212555012345678901234", MALFORMED),
])
def test_A37_other_countries_and_dear_numbers_are_refused(site, phones, number, problem):
    answer = ask_for_text(new_person(site).visitor, number)
    assert (answer.status, answer.page.problems) == (422, ["phone"])
    assert problem in answer.page.text
    assert answer.page.value("phone") == number


@pytest.mark.parametrize("written", ["{0} {1} {2}", "({0}) {1}-{2}", "1-{0}-{1}-{2}", "+1.{0}.{1}.{2}", "001 {0} {1} {2}"])
def test_a_number_is_understood_as_people_write_it(site, phones, written):
    number = new_number()
    digits = number[2:5], number[5:8], number[8:]
    assert ask_for_text(new_person(site).visitor, written.format(*digits)).status == 303
    assert phones.next(number).code


def test_A37_a_number_is_asked_for_by_nobody_without_an_account(site, phones):
    stranger, number = site.visitor(), new_number()
    stranger.get("/account/sign-in")
    for path in (PHONE, TEXT):
        answer = stranger.post(path, {**dict(stranger.remembered["/account/sign-in"]), "phone": number})
        assert answer.location.startswith("/account/sign-in")
    assert not phones.all(number)


def test_a_site_without_text_messages_offers_none(tmp_path):
    with Site(tmp_path, {**QUICK, "texts": "none"}) as site:
        person = new_person(site)
        assert person.visitor.get(PHONE).status == 404
        assert PHONE not in person.visitor.get("/account/").page.links
        assert PHONE not in person.visitor.get("/account/second-factor/start").page.links


# The other places that ask for a code

def test_a_phone_can_be_removed_with_a_code_that_it_gets(site, phones, owner):
    person, number = owner
    person.visitor.get(REMOVE)
    answer = person.visitor.post(TEXT)
    assert answer.location.startswith(f"{REMOVE}?notice=sent")
    page = person.visitor.get(answer.location)
    assert "We have sent you a text message" in page.page.text
    answer = person.visitor.post(REMOVE, {"password": PASSWORD, "code": phones.next(number).code})
    assert answer.location.startswith("/account/?notice=phone-removed")
    assert "\nphone " not in account_file(site, person.address).read_text()
    assert "\nrecovery-code " not in account_file(site, person.address).read_text()


def test_S21_no_code_or_number_is_logged(site, phones, owner):
    person, number = owner
    browser = halfway(person)
    code = phones.next(number).code
    prove(browser, code)
    for log in (site.log, site.access_log):
        assert number not in log and code not in log


def test_S19_no_code_stands_in_the_accounts_file(site, phones, owner):
    person, number = owner
    halfway(person)
    code = phones.next(number).code
    text = account_file(site, person.address).read_text()
    assert "\nsent-code " in text and code not in text
