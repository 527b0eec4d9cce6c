"""Mailed links: lines A1 to A14 of the list of attacks."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl, urlsplit

import pytest
from harness.people import (
    OTHER_PASSWORD, PASSWORD, SESSION, THIRD_PASSWORD, is_signed_in, new_person, press, sign_in, sign_up,
)
from harness.site import Site

# What a person who follows a dead link is not shown: a form for a new password.
NEW_PASSWORD = 'name="new-password"'


def use(visitor, link, password=OTHER_PASSWORD):
    """Follows a link for a new password, and chooses one."""
    return press(visitor, link, {"new-password": password})


def is_dead(visitor, link) -> bool:
    """Whether a link for a new password leads to a page that lets nobody choose one."""
    return NEW_PASSWORD not in visitor.follow(visitor.get(link)).text


def changed(link: str, change) -> str:
    """A link whose token was changed."""
    parts = urlsplit(link)
    [(name, token)] = parse_qsl(parts.query)
    return f"{parts.path}?{name}={change(token)}"


@pytest.mark.parametrize("headers", [
    {"Host": "evil.test"},
    {"X-Forwarded-Host": "evil.test"},
    {"Forwarded": "host=evil.test"},
    {"X-Forwarded-Proto": "https", "X-Forwarded-Port": "443"},
    {"X-Original-URL": "http://evil.test/account/reset"},
    {"Host": "localhost:80@evil.test"},
])
def test_A1_S33_a_link_names_the_configured_site_whatever_the_client_says(site, person, headers):
    visitor = site.visitor()
    visitor.get("/account/reset")
    answer = visitor.post("/account/reset", {"email": person.address}, headers=headers)
    messages = site.mailbox.all(person.address)
    if answer.status == 303:
        assert [message.url.startswith(site.address + "/account/") for message in messages] == [True]
        assert "evil.test" not in messages[0].source.decode()
    else:
        assert 400 <= answer.status < 500 and not messages


def test_A1_the_address_in_the_request_line_is_not_believed(site, person):
    visitor = site.visitor()
    visitor.get("/account/reset")
    visitor.remembered["http://evil.test/account/reset"] = visitor.remembered["/account/reset"]
    visitor.post("http://evil.test/account/reset", {"email": person.address})
    for message in site.mailbox.all(person.address):
        assert message.url.startswith(site.address + "/account/")


def test_A1_two_host_headers_are_refused(site):
    answer = site.exchange(b"GET /account/reset HTTP/1.1\r\nHost: localhost\r\nHost: evil.test\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ")


def test_A2_S34_the_page_behind_a_link_sends_no_referrer_and_fetches_nothing_foreign(site, person):
    link = person.reset_link()
    visitor = site.visitor()
    first = visitor.get(link)
    page = visitor.follow(first)
    assert first.header("Referrer-Policy") == page.header("Referrer-Policy") == "no-referrer"
    assert page.header("Content-Security-Policy").startswith("default-src 'none'")
    assert all(resource.startswith("/") and not resource.startswith("//") for resource in page.page.resources)
    [(_, token)] = parse_qsl(urlsplit(link).query)
    assert token not in page.text


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PROPFIND"])
def test_A3_S52_a_scanner_does_not_use_a_link_up(site, method):
    address = site.new_address()
    visitor = site.visitor()
    sign_up(visitor, address)
    verify = site.mailbox.next(address).link
    for agent in ["curl/7.88", "Mozilla/5.0", "BingPreview/1.0b", "Slackbot", ""] * 2:
        answer = site.visitor(agent).request(method, verify)
        assert not any(line.startswith(SESSION) for line in answer.all("Set-Cookie"))
    assert press(visitor, verify).status == 303
    assert is_signed_in(visitor) or sign_in(visitor, address, PASSWORD).status == 303


def test_A3_a_scanner_does_not_use_a_reset_up(site, person):
    link = person.reset_link()
    for method in ["GET", "HEAD", "OPTIONS"] * 4:
        scanner = site.visitor()
        assert not is_signed_in(scanner)
        scanner.request(method, link)
        assert not is_signed_in(scanner)
    assert use(site.visitor(), link).status == 303
    assert person.sign_in(site.visitor(), OTHER_PASSWORD).status == 303


def test_A4_S29_a_reset_link_works_once(site, person):
    link = person.reset_link()
    assert use(site.visitor(), link).status == 303
    assert is_dead(site.visitor(), link)


def test_A4_of_many_who_use_a_link_at_once_one_succeeds(site, person):
    link = person.reset_link()
    visitors = [site.visitor() for _ in range(8)]
    forms = [visitor.follow(visitor.get(link)).page.form("/account/reset/new") for visitor in visitors]
    passwords = [f"{OTHER_PASSWORD} {number}" for number in range(len(visitors))]
    with ThreadPoolExecutor(len(visitors)) as pool:
        answers = list(pool.map(
            lambda visitor, form, password: visitor.post(form.action, {"new-password": password}),
            visitors, forms, passwords))
    site.mailbox.settle()
    working = [
        password for password in passwords if person.sign_in(site.visitor(), password).status == 303
    ]
    # A loser is sent to a page that says so, which may be a 303 too; what counts is whose password it is.
    assert len(working) == 1, [answer.status for answer in answers]


def test_A4_a_newer_link_voids_the_older(site, person):
    older = person.reset_link()
    newer = person.reset_link()
    assert is_dead(site.visitor(), older)
    assert use(site.visitor(), newer).status == 303


def test_A4_a_change_of_the_password_voids_a_link(site, person):
    link = person.reset_link()
    answer = person.visitor.fill(
        "/account/password", {"current-password": PASSWORD, "new-password": OTHER_PASSWORD})
    assert answer.status == 303
    assert is_dead(site.visitor(), link)


def test_A4_a_change_of_the_address_voids_a_link(site, person):
    link = person.reset_link()
    new_address = site.new_address()
    person.visitor.fill("/account/address", {"email": new_address, "password": PASSWORD})
    assert press(person.visitor, site.mailbox.next(new_address).link).status == 303
    assert is_dead(site.visitor(), link)


def test_A4_disabling_the_account_voids_a_link(site, person):
    link = person.reset_link()
    assert site.operator("accounts", "disable", person.address).returncode == 0
    visitor = site.visitor()
    if not is_dead(visitor, link):
        use(visitor, link)
    assert person.sign_in(site.visitor(), OTHER_PASSWORD).status == 422


def test_A4_a_link_of_a_closed_account_does_not_open_its_successor(site, person):
    link = person.reset_link()
    assert person.visitor.fill("/account/close", {"password": PASSWORD}).status == 303
    site.mailbox.all(person.address)
    successor = site.visitor()
    sign_up(successor, person.address, THIRD_PASSWORD)
    assert press(successor, site.mailbox.next(person.address).link).status == 303
    assert is_dead(site.visitor(), link)
    assert person.sign_in(site.visitor(), THIRD_PASSWORD).status == 303


@pytest.mark.parametrize("change", [
    lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
    lambda token: ("A" if token[0] != "A" else "B") + token[1:],
    lambda token: token[: len(token) // 2],
    lambda token: token + "A",
    lambda token: token.swapcase(),
    lambda token: "",
    lambda token: token.replace("v1", "v0", 1) if "v1" in token else "v0." + token,
    lambda token: "%00" + token,
    lambda token: "A" * 5000,
], ids=["last", "first", "half", "longer", "case", "empty", "version", "nul", "huge"])
def test_A5_a_changed_link_is_refused(site, person, change):
    link = person.reset_link()
    answer = site.visitor().get(changed(link, change))
    assert answer.status < 500
    assert NEW_PASSWORD not in answer.text
    assert is_dead(site.visitor(), changed(link, change))
    assert not is_dead(site.visitor(), link)


def test_A5_S60_a_link_of_another_site_is_refused(site, person, tmp_path):
    with Site(tmp_path) as other:
        foreigner = new_person(other)
        assert is_dead(site.visitor(), foreigner.reset_link())


@pytest.mark.parametrize("body", [
    "email={victim}&email=attacker@example.net",
    "email=attacker@example.net&email={victim}",
    "email[]={victim}&email[]=attacker@example.net",
    "email={victim},attacker@example.net",
    "email={victim};attacker@example.net",
    "email={victim}%20attacker@example.net",
    "email={victim}%0d%0aBcc:attacker@example.net",
    "email={victim}%0aBcc:attacker@example.net",
    "email={victim}%00@example.net",
    "email=%22{victim}%22@example.net",
    "email=%3C{victim}%3E,%3Cattacker@example.net%3E",
])
def test_A6_a_reset_for_two_reaches_nobody_else(site, person, body):
    visitor = site.visitor()
    token = dict(visitor.get("/account/reset").page.form("/account/reset").hidden)["form-token"]
    request = f"form-token={token}&" + body.format(victim=person.address)
    visitor.request("POST", "/account/reset", request.encode())
    assert len(site.mailbox.all(person.address)) <= 1
    assert not site.mailbox.all("attacker@example.net")


@pytest.mark.parametrize("twin", [
    "{local}@ＥＸＡＭＰＬＥ.org", "{upper}@example.org", "{local}@Example.ORG", " {local}@example.org ",
])
def test_A7_a_spelling_of_the_same_address_gets_mail_at_the_stored_one(site, person, twin):
    local = person.address.partition("@")[0]
    written = twin.format(local=local, upper=local.upper())
    site.visitor().fill("/account/reset", {"email": written})
    message = site.mailbox.next(person.address)
    assert message.parsed["To"].addresses[0].addr_spec == person.address


@pytest.mark.parametrize("twin", [
    "pers\u1ecfn{number}@example.org", "per\u017fon{number}@example.org", "\uff50erson{number}@example.org",
    "person{number}@ex\u0430mple.org", "person{number}@example.org.evil.test", "pe\u0301rson{number}@example.org",
    "person{number}\u200b@example.org",
])
def test_A7_a_look_alike_is_another_address_or_none(site, person, twin):
    number = person.address.removeprefix("person").partition("@")[0]
    site.visitor().fill("/account/reset", {"email": twin.format(number=number)})
    assert not site.mailbox.all(person.address)


def test_A8_S31_a_reset_signs_nobody_in(site, person):
    link = person.reset_link()
    visitor = site.visitor()
    answer = use(visitor, link)
    assert answer.status == 303
    assert SESSION not in visitor.cookies
    assert not is_signed_in(visitor)


def test_A9_a_mailbox_cannot_be_flooded(site, person):
    answers = [site.visitor().fill("/account/reset", {"email": person.address}) for _ in range(40)]
    assert {(answer.status, answer.location) for answer in answers} == {(303, answers[0].location)}
    assert 1 <= len(site.mailbox.all(person.address)) <= 10


def test_A10_S32_asking_for_a_reset_changes_nothing(site, person):
    person.reset_link()
    assert is_signed_in(person.visitor)
    assert person.sign_in(site.visitor()).status == 303


def test_A11_of_two_changes_of_the_address_the_later_counts(site, person):
    first, second = site.new_address(), site.new_address()
    for address in (first, second):
        assert person.visitor.fill("/account/address", {"email": address, "password": PASSWORD}).status == 303
    assert press(person.visitor, site.mailbox.next(second).link).status == 303
    assert press(person.visitor, site.mailbox.next(first).link).status != 303
    assert sign_in(site.visitor(), second, PASSWORD).status == 303
    assert sign_in(site.visitor(), first, PASSWORD).status == 422


def test_A12_who_signs_up_with_a_strangers_address_gains_nothing(site):
    attacker, victim = site.visitor(), site.visitor()
    address = site.new_address()
    sign_up(attacker, address, "the attacker knows this one")
    link = site.mailbox.next(address).link

    chosen = press(victim, link)
    assert chosen.status == 303
    page = victim.follow(chosen)
    assert NEW_PASSWORD in page.text
    assert victim.post("/account/reset/new", {"new-password": PASSWORD}).status == 303

    assert not is_signed_in(attacker)
    assert sign_in(attacker, address, "the attacker knows this one").status == 422
    assert sign_in(site.visitor(), address, PASSWORD).status == 303


def test_A13_S60_a_token_opens_only_the_door_it_was_made_for(site, person):
    unproved = site.new_address()
    sign_up(site.visitor(), unproved)
    verify = site.mailbox.next(unproved).link

    moved = site.new_address()
    person.visitor.fill("/account/address", {"email": moved, "password": PASSWORD})
    address = site.mailbox.next(moved).link
    reset = person.reset_link()

    links = {urlsplit(link).path: urlsplit(link).query for link in (verify, address, reset)}
    assert len(links) == 3
    for path in links:
        for origin, query in links.items():
            if origin == path:
                continue
            answer = site.visitor().get(f"{path}?{query}")
            visitor = site.visitor()
            visitor.follow(visitor.get(f"{path}?{query}"))
            visitor.post(path, {"token": query.partition("=")[2], "new-password": OTHER_PASSWORD})
            assert answer.status < 500
    assert sign_in(site.visitor(), unproved, PASSWORD).status == 422
    assert sign_in(site.visitor(), moved, PASSWORD).status == 422
    assert person.sign_in(site.visitor()).status == 303


def test_A14_tokens_and_form_ids_do_not_repeat(site):
    visitor = site.visitor()
    tokens = [visitor.get("/account/sign-in").page.value("form-token") for _ in range(200)]
    assert len(set(tokens)) == len(tokens)
