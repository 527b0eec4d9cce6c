"""The challenge after the password: an authenticator app and recovery codes."""

import base64
import itertools
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from harness.factors import (
    APP, CHALLENGE, CODES, PHONE, REMOVE, App, account_file, edit_account, enrol_app, guarded_person,
    is_right, prove, set_failures, shown_codes, shown_key, wrong_code,
)
from harness.people import OTHER_PASSWORD, PASSWORD, SESSION, is_signed_in, new_person, press, sign_in
from harness.site import QUICK, Site

WORKERS = 6

CONFIRM = "/account/confirm"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Site(tmp_path_factory.mktemp("site"), QUICK, WORKERS) as site:
        yield site


@pytest.fixture
def person(site):
    return guarded_person(site)


def at_once(acts):
    """Does things at the same time, each in a thread of its own."""
    with ThreadPoolExecutor(len(acts)) as threads:
        return [future.result() for future in [threads.submit(act) for act in acts]]


# Codes of an app

def early_in_a_step() -> None:
    """Waits until what is counted in half minutes is sure not to change while it is looked at."""
    while time.time() % 30 > 20:
        time.sleep(0.2)


@pytest.mark.parametrize("steps, is_accepted", [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_S14_a_code_may_be_one_step_early_or_late(site, steps, is_accepted):
    person = guarded_person(site)
    browser = person.halfway()
    person.code()
    early_in_a_step()
    assert is_right(prove(browser, person.app.code(steps))) == is_accepted
    assert is_signed_in(browser) == is_accepted


def test_S14_at_enrolment_too(site):
    for steps, status in ((-2, 422), (2, 422), (1, 303)):
        visitor = new_person(site).visitor
        key = shown_key(visitor.get(APP))
        early_in_a_step()
        assert visitor.post(APP, {"code": App(key).code(steps)}).status == status


def test_S15_A30_a_code_is_right_once(site, person):
    code = person.code()
    first, second = person.halfway(), person.halfway()
    assert is_right(prove(first, code))
    assert not is_right(prove(second, code))
    assert not is_signed_in(second)


def test_A30_the_code_of_the_enrolment_is_used(site):
    person = new_person(site)
    code = App(shown_key(person.visitor.get(APP))).code()
    assert person.visitor.post(APP, {"code": code}).status == 303
    other = site.visitor()
    assert person.sign_in(other).location.startswith(CHALLENGE)
    assert not is_right(prove(other, code))


def test_A30_a_code_used_at_the_challenge_is_used_wherever_a_code_is_asked_for(site, person):
    browser, code = person.halfway(), person.code()
    assert is_right(prove(browser, code))
    assert browser.fill(CONFIRM, {"password": PASSWORD, "code": code}).status == 422
    assert browser.fill(REMOVE, {"password": PASSWORD, "code": code}).status == 422


def test_A30_a_later_code_uses_up_the_earlier_ones(site, person):
    person.code()
    early_in_a_step()
    assert is_right(prove(person.halfway(), person.app.code(1)))
    assert not is_right(prove(person.halfway(), person.app.code(0)))


def test_A31_S15_of_fifty_posts_of_one_code_one_succeeds(site, person):
    # Fewer attempts than that are open at a time, so several posts come from each.
    browsers = [person.halfway() for _ in range(5)]
    for browser in browsers:
        browser.get(CHALLENGE)
    code = person.code()
    # A field of its own makes each of them another form, which the program does not know again.
    answers = at_once([
        lambda browser=browser, number=number: browser.post(CHALLENGE, {"code": code, "number": str(number)})
        for number, browser in enumerate(browsers * 10)])
    assert len(answers) == 50
    assert sum(any("__Host-session=" in line for line in answer.all("Set-Cookie")) for answer in answers) == 1
    assert {answer.status for answer in answers} <= {303, 422, 429}
    assert len(re.findall("(?m)^session ", account_file(site, person.address).read_text())) == 2


@pytest.mark.parametrize("written", [
    "{0}{1}{2} {3}{4}{5}", " {0}{1}{2}-{3}{4}{5} ", "{0} {1} {2} {3} {4} {5}", "{0}{1}{2}\u00a0{3}{4}{5}",
    "\u200b{0}{1}{2}\u2013{3}{4}{5}",
])
def test_a_code_is_understood_as_people_write_it(person, written):
    assert is_right(prove(person.halfway(), written.format(*person.code())))


@pytest.mark.parametrize("zero", ["\uff10", "\u0660", "\u0966"], ids=["full-width", "arabic", "devanagari"])
def test_a_code_is_understood_in_the_digits_of_other_scripts(person, zero):
    code = "".join(chr(ord(zero) + int(digit)) for digit in person.code())
    assert is_right(prove(person.halfway(), code))


# Odd codes

ODD = ["000000", "null", "undefined", "true", "NaN", "-1", "1e5", "0x1234", "12345", "1234567", "①②③④⑤⑥",
       "9" * 60_000, "a" * 16, "\0" * 6, "123456\r\nX: 1", "' OR 1=1 --", "{\"$gt\":0}", "☃" * 6, "%30" * 6]


def test_A33_odd_codes_are_refused_and_break_nothing(site):
    # Fewer than five wrong codes each, so that all are looked at.
    people = itertools.cycle([guarded_person(site) for _ in range(len(ODD) // 4 + 1)])
    for code, person in zip(ODD, people):
        answer = prove(person.halfway(), code)
        # No form of ours has a control character in it, and none is that long.
        refusal = 400 if "\0" in code else 422
        assert answer.status == refusal, code[:20]
        assert refusal == 400 or answer.page.problems == ["code"]
        assert answer.text.count(code) == 0 or len(code) < 5, "a code never comes back"


@pytest.mark.parametrize("body", [
    "code[]=123456", "code%5B%5D=123456", "code[0]=123456&code[1]=1", "code.0=1", "code=", "code=%20%20", "codes=1",
])
def test_A33_a_code_that_is_not_there_is_missing(person, body):
    browser = person.halfway()
    browser.get(CHALLENGE)
    hidden = "&".join(f"{name}={value}" for name, value in browser.remembered[CHALLENGE])
    answer = browser.request("POST", CHALLENGE, f"{hidden}&{body}".encode())
    assert (answer.status, answer.page.problems) == (422, ["code"])
    assert "Enter a code" in answer.page.text
    assert "factor-failures" not in account_file(person.site, person.address).read_text(), "nothing was tried"


def test_A33_a_code_that_stands_twice_is_no_form_of_ours(person):
    browser = person.halfway()
    browser.get(CHALLENGE)
    answer = browser.request("POST", CHALLENGE, f"code={person.code()}&code=000000".encode())
    assert answer.status == 400
    assert not is_signed_in(browser)


def test_A25_a_code_in_the_address_is_refused(person):
    assert person.halfway().get(f"{CHALLENGE}?code={person.code()}").status == 400


# Nothing behind the challenge

OWN = ["/account/", "/account/password", "/account/address", "/account/sessions", "/account/close", "/account/attention",
       CONFIRM, "/account/second-factor/start", APP, PHONE, CODES, CODES + ".txt", REMOVE, "/account/second-factor/dismiss"]


@pytest.mark.parametrize("path", OWN)
def test_A27_S57_P3_no_page_is_reached_with_the_password_alone(person, path):
    browser = person.halfway()
    before = account_file(person.site, person.address).read_text()
    for answer in (browser.get(path), browser.request("HEAD", path)):
        assert answer.status == 303 or (answer.status, path) == (404, PHONE) or answer.status == 405, path
        assert answer.location is None or answer.location.startswith(("/account/sign-in", "/account/")), path
    browser.get(CHALLENGE)
    form = dict(browser.remembered[CHALLENGE])
    answer = browser.post(path, {**form, "password": PASSWORD, "current-password": PASSWORD, "new-password": OTHER_PASSWORD,
                                 "email": "thief@example.net", "session": "others", "phone": "+12125550123"})
    assert answer.status in (303, 404, 405), path
    assert answer.location is None or answer.location.startswith("/account/sign-in"), path
    assert not is_signed_in(browser)
    assert account_file(person.site, person.address).read_text() == before


def test_A27_the_gate_stays_shut_with_the_password_alone(person):
    browser = person.halfway()
    assert browser.get("/account/check").status == 401
    assert prove(browser, person.code()).status == 303
    gate = browser.get("/account/check")
    assert (gate.status, gate.header("X-Account-Level")) == (204, "2")


def test_P3_the_cookie_of_the_attempt_is_no_cookie_of_a_session(person):
    browser = person.halfway()
    attempt = browser.cookies["__Host-attempt"]
    browser.cookies[SESSION] = attempt
    assert browser.get("/account/check").status == 401


def test_P3_an_attempt_ends_with_the_session_it_leads_to(person):
    browser = person.halfway()
    kept = dict(browser.cookies)
    assert prove(browser, person.code()).status == 303
    assert "__Host-attempt" not in browser.cookies
    replayed = person.site.visitor()
    replayed.cookies = kept
    answer = replayed.post(CHALLENGE, {"code": person.code(), **dict(browser.remembered[CHALLENGE])})
    assert answer.location.startswith("/account/sign-in")
    assert not is_signed_in(replayed)


def test_an_attempt_ends_when_the_password_is_changed(person):
    browser = person.halfway()
    browser.get(CHALLENGE)
    answer = person.visitor.fill(
        "/account/password", {"current-password": PASSWORD, "new-password": OTHER_PASSWORD})
    assert answer.status == 303
    assert browser.post(CHALLENGE, {"code": person.code()}).location == "/account/sign-in?notice=please-sign-in"
    assert browser.get(CHALLENGE).location == "/account/sign-in?notice=please-sign-in"


def test_S22_no_code_goes_by_mail_where_there_is_a_factor(person):
    page = person.halfway().get(CHALLENGE)
    forms = {form.action for form in page.page.forms}
    assert forms == {CHALLENGE}
    person.site.mailbox.settle()
    assert not person.site.mailbox.unread(person.address)


def test_the_challenge_leads_where_the_person_wanted_to_go(person):
    browser = person.site.visitor()
    answer = sign_in(browser, person.address, PASSWORD, next="/members/")
    page = browser.get(answer.location)
    assert page.page.value("next") == "/members/"
    assert browser.post(CHALLENGE, {"code": person.code()}).location == "/members/"


@pytest.mark.parametrize("next", ["https://evil.test/", "//evil.test/", "/\\evil.test"])
def test_A44_the_challenge_leads_nowhere_else(person, next):
    answer = prove(person.halfway(), person.code(), next=next)
    assert answer.location == "/account/"


# Enrolment

def test_S16_keys_have_160_bits_and_are_all_different(site):
    person = new_person(site)
    keys = set()
    for _ in range(30):
        browser = person.elsewhere()
        keys.add(shown_key(browser.get(APP)))
        assert person.sign_in(browser).status == 303
    assert len(keys) == 30
    assert {len(base64.b32decode(key)) for key in keys} == {20}


def test_S17_the_page_names_the_key_as_apps_read_it(site):
    person = new_person(site)
    page = person.visitor.get(APP)
    uri = next(link for link in page.page.links if link.startswith("otpauth:"))
    assert uri == (f"otpauth://totp/Millbrook%20Seed%20Library:{person.address}?secret={shown_key(page)}"
                   f"&issuer=Millbrook%20Seed%20Library")


def test_the_key_survives_a_wrong_code(site):
    person = new_person(site)
    key = shown_key(person.visitor.get(APP))
    answer = person.visitor.post(APP, {"code": "000000", "name": "Ada's “phone” <3"})
    assert (answer.status, answer.page.problems) == (422, ["code"])
    assert shown_key(answer) == key
    assert answer.page.value("name") == "Ada's “phone” <3"
    assert answer.page.form(APP).fields["code"].get("value", "") == ""


def test_two_tabs_show_one_key_and_an_older_one_says_so(site):
    person = new_person(site)
    first = person.visitor.get(APP)
    assert shown_key(person.visitor.get(APP)) == shown_key(first)
    older = dict(person.visitor.remembered[APP])
    app = enrol_app(person.visitor)
    answer = person.visitor.post(APP, {**older, "code": app.code(1)})
    assert (answer.status, answer.page.problems) == (422, ["code"])
    assert "older than the QR code" in answer.page.text
    assert shown_key(answer) != app.key


def test_S18_the_key_is_never_kept_and_never_shown_again(site):
    person = new_person(site)
    page = person.visitor.get(APP)
    assert page.header("Cache-Control") == "no-store"
    app = enrol_app(person.visitor)
    person.visitor.get(CODES)
    for path in (APP, CODES, "/account/", REMOVE, "/account/second-factor/start"):
        answer = person.visitor.get(path)
        assert app.key not in answer.text.replace(" ", ""), path
    for path in site.data.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert app.key.encode() not in data and base64.b32decode(app.key) not in data, path
    assert app.key not in site.access_log


def test_A34_the_key_comes_from_the_server_alone(site):
    person = new_person(site)
    planted = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    page = person.visitor.get(f"{APP}?secret={planted}&key={planted}")
    assert planted not in page.text.replace(" ", "")
    for mark in ("", "00000000", dict(person.visitor.remembered[APP])["mark"]):
        answer = person.visitor.post(APP, {
            "code": App(planted).code(), "secret": planted, "key": planted, "mark": mark,
            "uri": f"otpauth://totp/x?secret={planted}"})
        assert answer.status == 422
    assert "\napp " not in account_file(site, person.address).read_text()


def test_A34_no_other_site_can_enrol(site):
    person = new_person(site)
    app = App(shown_key(person.visitor.get(APP)))
    for headers in ({"Origin": "https://evil.test", "Sec-Fetch-Site": "cross-site"},
                    {"Origin": None, "Sec-Fetch-Site": "same-site"}):
        answer = person.visitor.post(APP, {"code": app.code()}, headers=headers)
        assert answer.status == 403
    stranger = new_person(site).visitor
    stranger.get(APP)
    answer = stranger.post(APP, {**dict(person.visitor.remembered[APP]), "code": app.code()})
    assert answer.status == 403
    assert "\napp " not in account_file(site, person.address).read_text()


def test_several_apps_have_names_and_each_of_them_opens(site):
    person = guarded_person(site)
    phone = enrol_app(person.visitor, "Rowan’s phone")
    page = person.visitor.get("/account/").page.text
    assert "Rowan’s phone" in page and "Authenticator app added" in page
    for app in (person.app, phone):
        person.code()
        assert is_right(prove(person.halfway(), app.code()))


def test_an_account_has_eight_apps_at_most(site):
    person = guarded_person(site)
    lines = re.findall(r"(?m)^app .*\n", account_file(site, person.address).read_text())
    edit_account(site, person.address, r"(?m)^app .*\n", (lines[0] * 8).replace("\\", r"\\"))
    app = App(shown_key(person.visitor.get(APP)))
    answer = person.visitor.post(APP, {"code": app.code()})
    assert (answer.status, answer.page.problems) == (422, ["code"])
    assert "as many apps as an account can have" in answer.page.text


# Recovery codes

def test_S23_a_recovery_code_has_at_least_64_bits_and_no_characters_that_look_alike(person):
    assert len(set(person.recovery_codes)) == 10
    for code in person.recovery_codes:
        assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)


def test_S23_A32_a_recovery_code_is_right_once(person):
    code = person.recovery_codes[3]
    assert is_right(prove(person.halfway(), code))
    assert not is_right(prove(person.halfway(), code))
    assert is_right(prove(person.halfway(), person.recovery_codes[0])), "in any order"


@pytest.mark.parametrize("written", [
    str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " "),
    lambda code: code.replace("0", "O").replace("1", "l"), lambda code: f" {code}\u00a0",
])
def test_S23_a_recovery_code_is_understood_as_people_copy_it(person, written):
    assert is_right(prove(person.halfway(), written(person.recovery_codes[0])))


def test_A32_of_thirty_posts_of_one_recovery_code_one_succeeds(site, person):
    browsers = [person.halfway() for _ in range(5)]
    for browser in browsers:
        browser.get(CHALLENGE)
    answers = at_once([
        lambda browser=browser, number=number: browser.post(
            CHALLENGE, {"code": person.recovery_codes[0], "number": str(number)})
        for number, browser in enumerate(browsers * 6)])
    assert sum(any("__Host-session=" in line for line in answer.all("Set-Cookie")) for answer in answers) == 1


def test_S23_no_recovery_code_stands_anywhere_on_the_disk(site, person):
    spellings = [spelling.encode() for code in person.recovery_codes for spelling in (code, code.replace("-", ""))]
    for path in site.data.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not any(spelling in data for spelling in spellings), path
    assert account_file(site, person.address).read_text().count("\nrecovery-code ") == 10


def test_A32_recovery_codes_are_those_of_one_account(site, person):
    other = guarded_person(site)
    assert not is_right(prove(other.halfway(), person.recovery_codes[0]))


def test_A32_recovery_codes_are_shown_once(person):
    answer = person.visitor.get(CODES)
    assert shown_codes(answer) == [] and "10" in answer.page.text
    assert answer.header("Cache-Control") == "no-store"


def test_A32_recovery_codes_are_downloaded_once(site):
    person = new_person(site)
    enrol_app(person.visitor)
    codes = shown_codes(person.visitor.get(CODES))
    file = person.visitor.get(CODES + ".txt")
    assert file.header("Content-Disposition") == 'attachment; filename="recovery-codes.txt"'
    assert file.header("Cache-Control") == "no-store"
    assert all(code in file.text.splitlines() for code in codes)
    assert person.address in file.text
    again = person.visitor.get(CODES + ".txt")
    assert (again.status, again.location) == (303, CODES)


def test_A32_the_cookie_of_new_codes_is_worth_nothing_to_others(site):
    person, other = new_person(site), new_person(site)
    enrol_app(person.visitor)
    other.visitor.cookies["__Host-codes"] = person.visitor.cookies["__Host-codes"]
    assert shown_codes(other.visitor.get(CODES)) == []


def test_A32_new_codes_void_the_old_ones(site, person):
    answer = person.visitor.fill(CODES)
    assert (answer.status, answer.location.partition("?")[0]) == (303, CODES)
    new = shown_codes(person.visitor.follow(answer))
    assert len(set(new) | set(person.recovery_codes)) == 20
    assert not is_right(prove(person.halfway(), person.recovery_codes[0]))
    assert is_right(prove(person.halfway(), new[0]))
    assert any("recovery codes" in message.subject for message in site.mailbox.all(person.address))


def test_A32_few_codes_are_warned_of(site, person):
    assert "Few recovery codes are left" not in person.visitor.get("/account/").page.text
    edit_account(site, person.address, r"(?m)(^recovery-code .*\n){7}", "")
    assert "Few recovery codes are left" in person.visitor.get("/account/").page.text
    assert "Few codes are left" in person.visitor.get(CODES).page.text


def test_A32_the_owner_is_told_of_a_used_recovery_code(site, person):
    browser = person.halfway()
    prove(browser, person.recovery_codes[0])
    subjects = [message.subject for message in site.mailbox.all(person.address)]
    assert any("recovery code" in subject for subject in subjects)
    assert "Recovery code used" in browser.get("/account/").page.text


# What is counted

def test_S24_A28_failures_of_several_browsers_add_up(site, person):
    wrong = wrong_code(person.app)
    statuses = [prove(person.halfway(), wrong).status for _ in range(8)]
    assert statuses[:6] == [422] * 6 and statuses[6:] == [429] * 2
    # A right code is not looked at before its time, from wherever it comes.
    answer = prove(person.halfway(), person.code())
    assert answer.status == 429
    assert 0 < int(answer.header("Retry-After")) <= 10
    assert answer.page.has_alert and "try again" in answer.page.text


def test_S24_the_wait_grows_and_a_right_code_ends_it(site, person):
    for failures, seconds in ((6, 10), (7, 20), (9, 80), (20, 3600)):
        set_failures(person, failures)
        wait = int(prove(person.halfway(), person.code()).header("Retry-After"))
        assert seconds - 5 <= wait <= seconds, failures
    set_failures(person, 20, seconds_ago=3601)
    assert is_right(prove(person.halfway(), person.code()))
    assert "factor-failures" not in account_file(site, person.address).read_text()


def test_A28_parallel_guesses_from_many_browsers_are_counted(site, person):
    wrong = wrong_code(person.app)
    browsers = [person.halfway() for _ in range(8)]
    for browser in browsers:
        browser.get(CHALLENGE)
    answers = at_once([
        lambda browser=browser, number=number: browser.post(CHALLENGE, {"code": wrong, "number": str(number)})
        for number, browser in enumerate(browsers * 5)])
    statuses = [answer.status for answer in answers]
    assert statuses.count(422) == 6, statuses
    assert statuses.count(429) == 34


def test_S24_failures_inside_a_session_count_with_the_others(site, person):
    set_failures(person, 4)
    browser = person.elsewhere()
    set_failures(person, 4)
    answer = browser.fill(CONFIRM, {"password": PASSWORD, "code": wrong_code(person.app)})
    assert answer.status == 422
    assert "factor-failures 5 " in account_file(site, person.address).read_text()


def test_A29_the_password_again_does_not_wipe_failures_out(site, person):
    set_failures(person, 7)
    for _ in range(2):
        assert prove(person.halfway(), person.code()).status == 429


def test_A29_nor_does_a_new_password(site, person):
    set_failures(person, 7)
    press(site.visitor(), person.reset_link(), {"new-password": OTHER_PASSWORD})
    person.password = OTHER_PASSWORD
    assert "factor-failures 7 " in account_file(site, person.address).read_text()
    assert prove(person.halfway(), person.code()).status == 429


# Reset

def test_A8_S30_a_reset_by_mail_neither_removes_the_factor_nor_passes_it(site, person):
    browser = site.visitor()
    answer = press(browser, person.reset_link(), {"new-password": OTHER_PASSWORD})
    assert answer.status == 303
    assert browser.get("/account/check").status == 401
    assert not is_signed_in(browser)
    person.password = OTHER_PASSWORD
    browser = person.halfway(browser)
    assert browser.get("/account/check").status == 401
    assert is_right(prove(browser, person.code()))
    assert "\napp " in account_file(site, person.address).read_text()
