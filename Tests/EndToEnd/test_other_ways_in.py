"""From signing up to signing in with a second factor, by the keyboard alone and in a browser for text terminals."""

import re

import pytest
from harness.factors import LAST_STEP, App, edit_account
from harness.people import PASSWORD
from harness.site import Site
from harness.tls import TLSFront
from harness.w3m import W3M
from playwright.sync_api import Page


def forget_code(site: Site, address: str) -> None:
    """Has the account forget that it has seen the code of this half minute."""
    edit_account(site, address, LAST_STEP, lambda line: f"{line[1]} {int(line[2]) - 9} ")


@pytest.fixture
def page(browser, site: Site):
    context = browser.new_context(java_script_enabled=False, base_url=site.address)
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until something has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"Tab never comes to {selector}")


def enter(page: Page, selector: str = "") -> None:
    """Presses Enter, where the focus is or at something to which Tab comes, and waits for the next page."""
    if selector:
        tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_into(page: Page, name: str, text: str) -> None:
    tab_to(page, f"[name={name}]")
    page.keyboard.type(text)


def test_with_the_keyboard_alone(page, site):
    address = site.new_address()
    page.goto("/")
    enter(page, "a[href='/account/sign-up']")
    type_into(page, "email", address)
    type_into(page, "password", "password1")
    enter(page)
    # The focus is at what is wrong, whose link leads to the field.
    assert page.locator("[role=alert]:focus").count() == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#new-password:focus").count() == 1
    page.keyboard.type(PASSWORD)
    enter(page)
    type_into(page, "code", site.mailbox.next(address).code)
    enter(page)
    if "/account/sign-in" in page.url:
        type_into(page, "email", address)
        type_into(page, "password", PASSWORD)
        enter(page)
    enter(page, ".notice a.button")
    enter(page, "a[href='/account/second-factor/totp']")
    app = App(page.locator("main code").first.inner_text().replace(" ", ""))
    type_into(page, "code", app.code())
    enter(page)
    enter(page, "main a[href='/account/']")
    enter(page, "form[action='/account/sign-out'] button")

    page.context.clear_cookies()
    forget_code(site, address)
    page.goto("/account/sign-in")
    type_into(page, "email", address)
    type_into(page, "password", PASSWORD)
    enter(page)
    # The code can be typed at once.
    page.locator("[name=code]:focus").wait_for()
    page.keyboard.type(app.code())
    enter(page)
    assert page.url.partition("?")[0] == f"{site.address}/account/"
    assert address in page.inner_text("main")


def test_in_a_text_terminal(site, tmp_path):
    address = site.new_address()
    with TLSFront(site, tmp_path) as front, W3M(f"{front.address}/", front.authority, tmp_path) as w3m:
        w3m.shows("Millbrook")
        w3m.press("Create an account")
        w3m.shows("Create your account")
        w3m.fill("Email address", address)
        w3m.fill("Create a password", "password1")
        w3m.press("Create account")
        assert address in w3m.shows("There is a problem"), "the address is kept"
        w3m.fill("Create a password", PASSWORD)
        w3m.press("Create account")
        w3m.shows("Code from the email")
        w3m.fill("Code from the email", site.mailbox.next(address).code)
        w3m.press("Confirm my address")
        sign_in(w3m, address)
        w3m.shows("Your account and security")
        w3m.press("Add a second factor")
        w3m.shows("An authenticator app")
        w3m.press("Set up an app")
        app = App(re.search(r"(?:[A-Z2-7]{4} ?){8}", w3m.shows("Or type this key"))[0].replace(" ", ""))
        w3m.fill("Code that the app shows now", app.code())
        w3m.press("Turn it on")
        w3m.shows("recovery codes")
        w3m.press("Sign out")
        w3m.shows("You are signed out")

        forget_code(site, address)
        sign_in(w3m, address)
        w3m.shows("One more step")
        w3m.fill("Six digits", app.code())
        w3m.press_next()  # the box for remembering the device
        w3m.press_next()
        assert address in w3m.shows("Your account and security")


def sign_in(w3m: W3M, address: str) -> None:
    w3m.shows("Password [")
    w3m.fill("Email address", address)
    w3m.fill("Password", PASSWORD)
    w3m.press_next()
