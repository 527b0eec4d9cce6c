"""The language of pages and messages: who gets which, and that none costs anything."""

import re
import time

import pytest
from harness.factors import Phones, ask_for_text, guarded_person, new_number
from harness.people import new_person
from harness.site import Site

LANGUAGES = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Site(tmp_path_factory.mktemp("site")) as site:
        yield site


def language(page: str) -> str:
    """The language that a page says it is in."""
    return re.search(r'<html lang="([^"]+)"', page)[1]


def test_static_pages_lead_to_forms_in_their_language_and_back(site: Site):
    visitor = site.visitor()
    front = visitor.get("/de/")
    assert language(front.text) == "de"
    assert 'href="/account/sign-in?language=de"' in front.text
    form = visitor.get("/account/sign-in?language=de")
    assert language(form.text) == form.header("Content-Language") == "de"
    assert 'href="/de/privacy/"' in form.text
    # What was chosen stays chosen, on pages that say nothing of it.
    assert language(visitor.get("/account/reset").text) == "de"
    assert 'href="/account/sign-in"' in visitor.get("/").text


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_page_offers_every_other_language_by_its_own_name(site: Site, tag: str):
    others = {other: name for other, name in LANGUAGES.items() if other != tag}
    prefix = "/" if tag == "en" else f"/{tag}/"
    for path in (prefix, f"/account/sign-in?language={tag}", f"/account/nowhere?language={tag}"):
        page = site.visitor().get(path).text
        offered = re.findall(r'<(?:a|button) [^>]*lang="([a-z]+)"[^>]*>([^<]+)</', page)
        assert dict(offered) == others, path


def test_what_was_typed_goes_along_into_another_language(site: Site, browser):
    context = browser.new_context(java_script_enabled=False, base_url=site.address, locale="de-AT")
    page = context.new_page()
    page.goto("/account/sign-in?next=%2Fmembers%2F")
    assert page.get_attribute("html", "lang") == "de"
    page.fill("[name=email]", "ada@example.org")
    page.fill("[name=password]", "half a passw")
    page.get_by_role("button", name="Español").click()
    assert page.get_attribute("html", "lang") == "es"
    assert page.input_value("[name=email]") == "ada@example.org"
    assert page.input_value("[name=next]") == "/members/"
    assert page.input_value("[name=password]") == ""
    # Enter still presses the form's own button.
    page.press("[name=email]", "Enter")
    assert page.locator("[role=alert]").count() == 1
    context.close()


def test_a_language_costs_nothing_that_a_client_could_make_dear(site: Site):
    for field in ("de;q=0.5," * 700, "a-" * 3500, ",;=" * 2000, "*" * 7000):
        start = time.monotonic()
        answer = site.visitor().get("/account/sign-in", Accept_Language=field)
        assert answer.status == 200 and answer.header("Content-Language") == "en"
        assert time.monotonic() - start < 1


def test_what_the_operator_does_is_told_in_the_owners_language(site: Site):
    person = guarded_person(site)
    assert language(person.visitor.get("/account/?language=fr").text) == "fr"
    done = site.operator(
        "accounts", "remove-factors", person.address, "--reason", "called back on the number on file")
    assert done.returncode == 0, done.stderr
    message = site.mailbox.next(person.address)
    assert "les personnes qui s’occupent de ce site" in message.text
    assert language(message.html) == "fr"


def test_a_text_message_is_in_the_owners_language(site: Site):
    person, phones, number = new_person(site), Phones(site), new_number()
    person.visitor.get("/account/?language=de")
    assert ask_for_text(person.visitor, number).status == 303
    assert "ist Ihr Code" in phones.next(number).words
