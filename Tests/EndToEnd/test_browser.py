"""The main job in a real browser with scripts switched off."""

import pytest
from harness.people import OTHER_PASSWORD, PASSWORD, THIRD_PASSWORD
from harness.site import Site
from playwright.sync_api import Page

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}

# The one button of a page's form, and that which signs out.
BUTTON = "main form[method=post] button"
SIGN_OUT = "form[action='/account/sign-out'] button"


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def context(request, browser, site: Site):
    context = browser.new_context(java_script_enabled=False, viewport=request.param, base_url=site.address)
    context.set_default_timeout(5000)
    yield context
    context.close()


@pytest.fixture
def page(context) -> Page:
    return context.new_page()


def submit(page: Page, button: str = BUTTON) -> None:
    """Presses a button, by default that of the page's form, and waits for what comes."""
    with page.expect_navigation():
        page.locator(button).first.click()


def fill_in(page: Page, path: str, **fields: str) -> None:
    """Goes to a form, fills it in, and sends it."""
    page.goto(path)
    for name, value in fields.items():
        page.fill(f"[name={name.replace('_', '-')}]", value)
    submit(page)


def problems(page: Page) -> list[str]:
    return [link.get_attribute("href")[1:] for link in page.locator("[role=alert] a").all()]


def sign_up(page: Page, site: Site, password: str = PASSWORD) -> str:
    """Signs up and proves the address; returns it."""
    address = site.new_address()
    fill_in(page, "/account/sign-up", email=address, password=password)
    page.goto(site.mailbox.next(address).url)
    submit(page)
    return address


def sign_in(page: Page, address: str, password: str = PASSWORD) -> None:
    fill_in(page, "/account/sign-in", email=address, password=password)


def ensure_signed_in(page: Page, address: str, password: str = PASSWORD) -> None:
    page.goto("/account/")
    if "/account/sign-in" in page.url:
        sign_in(page, address, password)


def is_account_page(page: Page, site: Site) -> bool:
    return page.url.partition("?")[0] == f"{site.address}/account/"


def test_the_main_job(page, site):
    address = site.new_address()
    fill_in(page, "/account/sign-up", email=address, password=PASSWORD)
    assert address in page.content()
    page.goto(site.mailbox.next(address).url)
    submit(page)

    ensure_signed_in(page, address)
    assert is_account_page(page, site)
    assert address in page.inner_text("main")

    page.click("main a[href='/account/password']")
    page.fill("[name=current-password]", PASSWORD)
    page.fill("[name=new-password]", OTHER_PASSWORD)
    submit(page)
    assert is_account_page(page, site)
    assert "password" in page.inner_text("main").lower()
    site.mailbox.next(address)

    submit(page, SIGN_OUT)
    page.goto("/account/")
    assert "/account/sign-in" in page.url

    page.click("a[href^='/account/reset']")
    page.fill("[name=email]", address)
    submit(page)
    page.goto(site.mailbox.next(address).url)
    assert page.url == f"{site.address}/account/reset/new"
    page.fill("[name=new-password]", THIRD_PASSWORD)
    submit(page)
    assert "/account/sign-in" in page.url

    page.fill("[name=email]", address)
    page.fill("[name=password]", THIRD_PASSWORD)
    submit(page)
    assert is_account_page(page, site)
    submit(page, SIGN_OUT)
    page.goto("/account/")
    assert "/account/sign-in" in page.url


def test_a_wrong_password_is_answered_with_the_form_and_the_address_in_it(page, site):
    address = sign_up(page, site)
    page.context.clear_cookies()
    sign_in(page, address, "not this one")
    assert page.title().startswith("Error: ")
    assert page.input_value("[name=email]") == address
    assert page.input_value("[name=password]") == ""
    assert page.locator("[role=alert]").count() == 1
    page.fill("[name=password]", PASSWORD)
    submit(page)
    assert is_account_page(page, site)


def test_the_error_summary_has_the_focus_and_leads_to_the_field(page, site):
    fill_in(page, "/account/sign-up", email="nobody", password=PASSWORD)
    assert page.locator("[role=alert]:focus").count() == 1
    page.click("[role=alert] a")
    assert page.locator("#email:focus").count() == 1


def test_a_weak_password_is_refused_with_reasons_and_a_ready_made_passphrase(page, site):
    address = site.new_address()
    fill_in(page, "/account/sign-up", email=address, password="password1")
    assert problems(page) == ["new-password"]
    assert page.locator("main meter").count() == 1
    assert page.locator("main li").count() >= 1
    assert page.input_value("[name=email]") == address

    page.locator("details summary").first.click()
    passphrase = page.locator("details code").first.inner_text()
    page.fill("[name=password]", passphrase)
    submit(page)
    page.goto(site.mailbox.next(address).url)
    submit(page)
    page.context.clear_cookies()
    sign_in(page, address, passphrase)
    assert is_account_page(page, site)


def test_the_password_can_be_seen_while_it_is_typed(page, site):
    page.goto("/account/sign-up")
    assert page.get_attribute("[name=password]", "type") == "password"
    page.click("a[href*='show=1']")
    assert page.get_attribute("[name=password]", "type") == "text"


def test_Enter_sends_the_form(page, site):
    address = sign_up(page, site)
    page.context.clear_cookies()
    page.goto("/account/sign-in")
    page.fill("[name=email]", address)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.press("[name=password]", "Enter")
    assert is_account_page(page, site)


def test_P14_two_tabs_sign_in_after_each_other(context, site):
    first, second = context.new_page(), context.new_page()
    address = sign_up(first, site)
    context.clear_cookies()
    for tab in (first, second):
        tab.goto("/account/sign-in")
        tab.fill("[name=email]", address)
        tab.fill("[name=password]", PASSWORD)
    for tab in (first, second):
        submit(tab)
        assert is_account_page(tab, site)
    first.reload()
    assert is_account_page(first, site)


def test_a_reset_link_used_in_one_tab_is_explained_in_the_other(context, site):
    first, second = context.new_page(), context.new_page()
    address = sign_up(first, site)
    fill_in(first, "/account/reset", email=address)
    link = site.mailbox.next(address).url
    for tab in (first, second):
        tab.goto(link)
    first.fill("[name=new-password]", OTHER_PASSWORD)
    submit(first)
    second.fill("[name=new-password]", THIRD_PASSWORD)
    submit(second)
    assert second.locator("[name=new-password]").count() == 0
    context.clear_cookies()
    sign_in(first, address, OTHER_PASSWORD)
    assert is_account_page(first, site)


def test_P13_back_and_reload_do_no_harm(page, site):
    address = site.new_address()
    fill_in(page, "/account/sign-up", email=address, password=PASSWORD)
    sent = page.url
    page.reload()
    assert page.url == sent
    page.go_back()
    assert page.input_value("[name=password]") == ""
    page.goto(site.mailbox.next(address).url)
    submit(page)
    proved = page.url
    page.go_back()
    page.reload()
    assert page.locator("main h1").count() == 1
    page.goto(proved)
    ensure_signed_in(page, address)
    assert not site.mailbox.all(address)


def test_P13_a_double_click_signs_up_once(page, site):
    address = site.new_address()
    page.goto("/account/sign-up")
    page.fill("[name=email]", address)
    page.fill("[name=password]", PASSWORD)
    page.locator(BUTTON).first.dblclick()
    page.wait_for_url("**/account/verify")
    assert len(site.mailbox.all(address)) == 1


def test_S55_back_shows_nothing_after_signing_out(page, site):
    address = sign_up(page, site)
    ensure_signed_in(page, address)
    submit(page, SIGN_OUT)
    page.go_back()
    page.reload()
    assert address not in page.content()


def test_A2_S34_the_page_behind_a_link_asks_nobody_else_for_anything(page, site):
    address = sign_up(page, site)
    fill_in(page, "/account/reset", email=address)
    asked = []
    page.on("request", lambda request: asked.append((request.url, request.headers.get("referer"))))
    page.goto(site.mailbox.next(address).url)
    submit(page)
    assert asked and all(url.startswith(site.address + "/") for url, _ in asked)
    assert all("token" not in (referrer or "") for _, referrer in asked)


def test_A49_what_was_typed_runs_nowhere(browser, site):
    # With scripts allowed, so that only the page itself stands in the way.
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    violations = []
    page.on("console", lambda message: violations.append(message.text) if "Policy" in message.text else None)
    for payload in ("\"><script>document.title='owned'</script>@example.org",
                    "\"\u0301 autofocus onfocus=document.title='owned' x=\"@example.org"):
        page.goto("/account/sign-in")
        page.evaluate("document.querySelectorAll('[type=email]').forEach(field => field.type = 'text')")
        page.fill("[name=email]", payload)
        page.fill("[name=password]", "x")
        submit(page)
        assert "owned" not in page.title()
        assert page.input_value("[name=email]") == payload
    assert not violations
    context.close()
