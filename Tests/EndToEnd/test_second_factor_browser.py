"""Second factors in a real browser with scripts switched off, on a phone and at a desk, light and dark."""

import subprocess

import pytest
from harness.factors import (
    APP, CODES, App, Phones, add_lines, edit_account, guarded_person, new_number, prove,
)
from harness.people import PASSWORD
from harness.site import QUICK, Site
from playwright.sync_api import Page
from test_browser import DESKTOP, PHONE, SIGN_OUT, is_account_page, problems, sign_in, sign_up, submit

CHALLENGE_BUTTON = "main form[action='/account/second-factor'] button"
ENROL_BUTTON = f"main form[action='{APP}'] button"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Site(tmp_path_factory.mktemp("site"), {**QUICK, "second-factor-required": "staff"}) as site:
        yield site


@pytest.fixture(scope="module")
def phones(site):
    return Phones(site)


@pytest.fixture(autouse=True)
def forgotten_throttles(site):
    """Every browser here comes from one network, which would soon have had its share of text messages."""
    for file in (site.data / "throttles").glob("*/*"):
        file.unlink()


LOOKS = {"desktop-light": (DESKTOP, "light"), "desktop-dark": (DESKTOP, "dark"),
         "phone-light": (PHONE, "light"), "phone-dark": (PHONE, "dark")}


@pytest.fixture(params=[LOOKS["desktop-light"], LOOKS["phone-dark"]], ids=["desktop-light", "phone-dark"])
def context(request, browser, site: Site):
    viewport, scheme = request.param
    context = browser.new_context(
        java_script_enabled=False, viewport=viewport, color_scheme=scheme, base_url=site.address)
    context.set_default_timeout(5000)
    yield context
    context.close()


@pytest.fixture
def page(context) -> Page:
    return context.new_page()


def read_by_a_camera(page: Page, tmp_path) -> str:
    """What zbarimg reads in a picture of the whole page."""
    picture = tmp_path / "page.png"
    page.screenshot(path=picture, full_page=True)
    return subprocess.run(
        ["zbarimg", "-q", "--raw", picture], capture_output=True, text=True, check=True).stdout.removesuffix("\n")


def start_over(page: Page, address: str) -> None:
    """Comes back in a browser that nobody knows, and gives the password."""
    page.context.clear_cookies()
    sign_in(page, address)


def guarded(site: Site):
    person = guarded_person(site)
    person.code()
    return person


@pytest.mark.parametrize("context", LOOKS.values(), ids=LOOKS.keys(), indirect=True)
def test_S17_enrolment_with_a_camera_and_signing_in_with_a_code(page, site, tmp_path):
    address = sign_up(page, site)
    page.goto("/account/")
    if "sign-in" in page.url:
        sign_in(page, address)
    page.click("main .notice a.button")
    page.click(f"main a[href='{APP}']")
    uri = read_by_a_camera(page, tmp_path)
    key = page.locator("main code").first.inner_text().replace(" ", "")
    assert uri == (f"otpauth://totp/Millbrook%20Seed%20Library:{address}?secret={key}"
                   f"&issuer=Millbrook%20Seed%20Library")
    assert page.locator("main a[href^='otpauth:']").get_attribute("href") == uri

    # A wrong code first: the page shows the same key again.
    page.fill("[name=code]", "000000")
    submit(page, ENROL_BUTTON)
    assert problems(page) == ["code"]
    assert read_by_a_camera(page, tmp_path) == uri
    app = App(key)
    page.fill("[name=code]", app.code())
    page.fill("[name=name]", "My phone")
    submit(page, ENROL_BUTTON)
    assert page.url.partition("?")[0] == f"{site.address}{CODES}"
    assert page.locator("main li code").count() == 10
    page.click("main a[href='/account/']")
    assert is_account_page(page, site)
    assert "My phone" in page.inner_text("main")

    submit(page, SIGN_OUT)
    start_over(page, address)
    assert "/account/second-factor" in page.url
    edit_account(site, address, r"(?m)^(app \S+ \S+) (\d+) ", lambda line: f"{line[1]} {int(line[2]) - 9} ")
    code = app.code()
    page.fill("[name=code]", f" {code[:3]} {code[3:]}")
    submit(page, CHALLENGE_BUTTON)
    assert is_account_page(page, site)


def test_a_wrong_code_is_answered_with_an_empty_field_and_what_to_do(page, site):
    person = guarded(site)
    start_over(page, person.address)
    page.fill("[name=code]", "000000")
    page.check("[name=remember]")
    submit(page, CHALLENGE_BUTTON)
    assert page.title().startswith("Error: ")
    assert problems(page) == ["code"]
    assert page.locator("[role=alert]:focus").count() == 1
    assert page.input_value("[name=code]") == ""
    assert page.is_checked("[name=remember]"), "what was chosen is kept"
    page.click("[role=alert] a")
    assert page.locator("#code:focus").count() == 1


def test_a_lost_phone_and_a_recovery_code(page, site):
    person = guarded(site)
    start_over(page, person.address)
    page.click("main details summary")
    assert "recovery codes" in page.inner_text("main details")
    page.fill("[name=code]", person.recovery_codes[4].lower().replace("-", " "))
    submit(page, CHALLENGE_BUTTON)
    assert is_account_page(page, site)
    assert "9 left" in page.inner_text("main")
    # The new phone takes the place of the old one: it is added, and the old one removed.
    page.click(f"main a[href='{APP}']")
    app = App(page.locator("main code").first.inner_text().replace(" ", ""))
    page.fill("[name=code]", app.code())
    submit(page, ENROL_BUTTON)
    assert is_account_page(page, site)
    page.locator("main form[action='/account/second-factor/remove'] button").first.click()
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=code]", person.recovery_codes[5])
    submit(page, "main button.danger")
    assert is_account_page(page, site)
    assert "The app is removed" in page.inner_text("main")


def test_a_required_factor_is_enrolled_before_anything_else(page, site):
    address = sign_up(page, site)
    add_lines(site, address, "group staff")
    page.context.clear_cookies()
    sign_in(page, address)
    assert page.url == f"{site.address}/account/second-factor/start"
    page.goto("/account/password")
    assert page.url == f"{site.address}/account/second-factor/start"
    page.click(f"main a[href='{APP}']")
    page.fill("[name=code]", App(page.locator("main code").first.inner_text().replace(" ", "")).code())
    submit(page, ENROL_BUTTON)
    page.click("main a[href='/account/']")
    assert is_account_page(page, site)


def test_S65_what_others_tried_is_shown_at_the_next_sign_in(page, site):
    person = guarded(site)
    intruder = person.halfway(site.visitor("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"))
    assert prove(intruder, "000000").status == 422
    start_over(page, person.address)
    page.fill("[name=code]", person.code())
    submit(page, CHALLENGE_BUTTON)
    assert "Firefox on Linux" in page.inner_text("main")
    page.click("main a[href='/account/']")
    assert is_account_page(page, site)


def test_a_phone_gets_a_text_message(page, site, phones):
    address, number = sign_up(page, site), new_number()
    page.goto("/account/second-factor/start")
    if "sign-in" in page.url:
        sign_in(page, address)
        page.goto("/account/second-factor/start")
    page.click("main a[href='/account/second-factor/sms']")
    page.fill("[name=phone]", "12 34")
    submit(page)
    assert problems(page) == ["phone"]
    page.fill("[name=phone]", f"({number[2:5]}) {number[5:8]}-{number[8:]}")
    submit(page)
    page.fill("[name=code]", phones.next(number).code)
    submit(page)
    assert page.locator("main li code").count() == 10

    start_over(page, address)
    assert "We have sent you a text message" in page.inner_text("main")
    page.fill("[name=code]", phones.next(number).code)
    submit(page, CHALLENGE_BUTTON)
    assert is_account_page(page, site)


def test_the_challenge_is_met_with_the_keyboard_alone(page, site):
    person = guarded(site)
    page.context.clear_cookies()
    page.goto("/account/sign-in")
    page.keyboard.press("Tab")
    page.focus("[name=email]")
    page.keyboard.type(person.address)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("[name=code]:focus").count() == 1, "one can type at once"
    page.keyboard.type(person.code())
    page.keyboard.press("Tab")
    assert page.locator("[name=remember]:focus").count() == 1
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert is_account_page(page, site)
    submit(page, SIGN_OUT)
    sign_in(page, person.address)
    assert is_account_page(page, site), "the device is remembered"


def test_Enter_in_the_code_sends_no_text_message(page, site, phones):
    address, number = sign_up(page, site), new_number()
    page.goto("/account/second-factor/sms")
    if "sign-in" in page.url:
        sign_in(page, address)
        page.goto("/account/second-factor/sms")
    page.fill("[name=phone]", number)
    submit(page)
    page.fill("[name=code]", phones.next(number).code)
    submit(page)
    start_over(page, address)
    code = phones.next(number).code
    page.fill("[name=code]", code)
    with page.expect_navigation():
        page.press("[name=code]", "Enter")
    assert is_account_page(page, site)
    assert not phones.all(number)


def test_P13_a_double_click_proves_the_code_once(page, site):
    person = guarded(site)
    start_over(page, person.address)
    page.fill("[name=code]", person.code())
    page.locator(CHALLENGE_BUTTON).first.dblclick()
    page.wait_for_url("**/account/")
    assert is_account_page(page, site)


def test_A32_paper_has_the_codes_alone(browser, site, tmp_path):
    context = browser.new_context(java_script_enabled=False, base_url=site.address)
    page = context.new_page()
    address = sign_up(page, site)
    page.goto(APP)
    if "sign-in" in page.url:
        sign_in(page, address)
        page.goto(APP)
    page.fill("[name=code]", App(page.locator("main code").first.inner_text().replace(" ", "")).code())
    submit(page, ENROL_BUTTON)
    page.emulate_media(media="print")
    visible = page.inner_text("body")
    codes = [element.inner_text() for element in page.locator("main li code").all()]
    assert all(code in visible for code in codes) and address in visible
    assert "Download" not in visible and "Sign out" not in visible and "take me to my account" not in visible
    context.close()
