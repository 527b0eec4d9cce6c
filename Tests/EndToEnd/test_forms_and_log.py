"""Forms, headers, tokens and the log: lines S51 to S64, and what S67, S68 and S72 say of answers."""

import re
from datetime import datetime, timedelta, timezone

import pytest
from harness.map import FORMS, OPEN_PAGES, OWN_PAGES, STATIC_PAGES
from harness.people import OTHER_PASSWORD, PASSWORD, SESSION, is_signed_in, new_person, press, sign_in, sign_up

LOG_LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00 auth result=[a-z-]+ ip=[0-9a-f.:]+ account=\S+ flow=[a-z-]+ user=\"[^\"\\]*(\\.[^\"\\]*)*\".*")


def log_of(site) -> list[str]:
    """The lines that the site wrote about authentication."""
    return [line for line in site.log.splitlines() if " auth " in line]


def test_S52_no_page_changes_anything_by_being_looked_at(site, person):
    for path in OWN_PAGES + ["/account/sign-out"]:
        for method in ("GET", "HEAD"):
            person.visitor.request(method, path)
    assert is_signed_in(person.visitor)


@pytest.mark.parametrize("path", STATIC_PAGES)
def test_S53_S54_static_pages_carry_the_headers_too(site, path):
    answer = site.visitor().get(path)
    assert answer.status == 200
    assert answer.header("Content-Type") == "text/html; charset=utf-8"
    assert answer.header("Content-Security-Policy").startswith("default-src 'none'")
    assert answer.header("X-Content-Type-Options") == "nosniff"
    assert answer.header("Referrer-Policy") == "no-referrer"
    assert answer.header("Cross-Origin-Opener-Policy") == "same-origin"
    assert answer.header("Server") in (None, "nginx")


def answers_of_every_kind(site, person):
    visitor = site.visitor()
    yield visitor.get("/account/sign-in")
    yield visitor.get("/account/")
    yield visitor.fill("/account/sign-in", {"email": "x", "password": "x"})
    yield visitor.get("/account/nothing-here")
    yield visitor.request("PUT", "/account/sign-in", b"")
    yield visitor.post("/account/sign-in", headers={"Origin": "https://evil.test"})
    yield visitor.request("POST", "/account/sign-in", b"a=%zz")
    yield visitor.post("/account/sign-in", {"email": "x" * 70_000})
    yield person.visitor.get("/account/")


def test_S53_S54_S55_every_answer_carries_the_headers(site, person):
    statuses = []
    for answer in answers_of_every_kind(site, person):
        statuses.append(answer.status)
        if answer.body:
            assert answer.header("Content-Type") == "text/html; charset=utf-8"
        assert answer.header("Cache-Control") == "no-store", answer.status
        assert answer.header("X-Content-Type-Options") == "nosniff"
        assert answer.header("Referrer-Policy") == "no-referrer"
        assert answer.header("Content-Security-Policy").startswith("default-src 'none'")
        assert len(answer.all("Content-Security-Policy")) == 1
    assert statuses == [200, 303, 422, 404, 405, 403, 400, 413, 200]


def test_S57_a_later_step_cannot_be_reached_without_the_earlier(site, person):
    for visitor in (site.visitor(), person.visitor):
        answer = visitor.get("/account/reset/new")
        assert 'name="new-password"' not in visitor.follow(answer).text
        assert visitor.post("/account/reset/new", {"new-password": OTHER_PASSWORD}).status in (303, 403, 422)
    assert person.sign_in(site.visitor()).status == 303


def test_S57_an_account_whose_address_is_not_proved_is_none(site):
    address, visitor = site.new_address(), site.visitor()
    sign_up(visitor, address)
    assert not is_signed_in(visitor)
    assert sign_in(visitor, address, PASSWORD).status == 422
    assert sign_in(site.visitor(), address, PASSWORD).status == 422


def test_P13_a_form_sent_twice_is_done_once(site):
    address, visitor = site.new_address(), site.visitor()
    visitor.get("/account/sign-up")
    form = list(visitor.remembered["/account/sign-up"])
    answers = []
    for _ in range(2):
        visitor.remembered["/account/sign-up"] = form
        answers.append(visitor.post("/account/sign-up", {"email": address, "password": PASSWORD}))
    assert [(answer.status, answer.location) for answer in answers] == [(303, answers[0].location)] * 2
    assert len(site.mailbox.all(address)) == 1


def test_a_typed_code_proves_an_address_as_the_link_does(site):
    address, visitor = site.new_address(), site.visitor()
    visitor.follow(sign_up(visitor, address))
    code = site.mailbox.next(address).code
    wrong = visitor.post("/account/verify", {"code": "0000-0000"})
    assert wrong.status == 422 and wrong.page.problems == ["code"]
    assert visitor.post("/account/verify", {"code": f" {code.lower().replace('-', ' ')} "}).status == 303
    assert is_signed_in(visitor) or sign_in(visitor, address, PASSWORD).status == 303


def test_P15_a_browser_without_cookies_is_told_so_and_not_led_in_a_circle(site, person):
    visitor = site.visitor()
    visitor.get("/account/sign-in")
    visitor.cookies.clear()
    answer = visitor.post("/account/sign-in", {"email": person.address, "password": person.password})
    hops = 0
    while answer.location:
        visitor.cookies.clear()
        answer = visitor.get(answer.location)
        hops += 1
    assert hops <= 2
    assert "cookie" in answer.page.text.lower()


def test_the_way_of_a_weak_password(site):
    address, visitor = site.new_address(), site.visitor()
    answer = sign_up(visitor, address, "password1")
    assert answer.status == 422
    assert answer.page.title.startswith("Error: ")
    assert answer.page.problems == ["new-password"]
    assert answer.page.form("/account/sign-up").fields["email"]["value"] == address
    assert answer.page.form("/account/sign-up").fields["password"].get("value", "") == ""
    assert "password1" not in answer.text
    assert not site.mailbox.all(address)


@pytest.mark.parametrize("password", ["Millbrook Seed Library", "millbrook1", "rosalind.birch"])
def test_a_password_made_of_the_sites_name_or_the_address_is_weak(site, password):
    answer = sign_up(site.visitor(), "rosalind.birch@example.org", password)
    assert answer.status == 422
    assert answer.page.problems == ["new-password"]


@pytest.mark.parametrize("chosen, typed, same", [
    ("café lantern quilt thirteen", "cafe\u0301 lantern quilt thirteen", True),
    (" marrow lantern quilt ", "marrow lantern quilt", False),
    ("Marrow lantern quilt thirteen", "marrow lantern quilt thirteen", False),
    ("velvet gravel orchid " + "x7Q" * 60, "velvet gravel orchid " + "x7Q" * 59 + "x7q", False),
    ("🌱🌿🍀🌾🌵🌲🌳🌴🌷🌸🌹🌺🌻🌼💐", "🌱🌿🍀🌾🌵🌲🌳🌴🌷🌸🌹🌺🌻🌼🌱", False),
], ids=["S3 normal form", "S3 spaces", "capitals", "S2 long", "S3 emoji"])
def test_S2_S3_every_character_of_a_password_counts(site, chosen, typed, same):
    person = new_person(site, chosen)
    assert person.sign_in(site.visitor(), chosen).status == 303
    assert (person.sign_in(site.visitor(), typed).status == 303) == same


def test_S59_a_burst_is_answered_429_with_a_time_to_wait(site, person):
    visitor = site.visitor()
    answers = [sign_in(visitor, person.address, "certainly wrong") for _ in range(10)]
    throttled = [answer for answer in answers if answer.status == 429]
    assert throttled
    for answer in throttled:
        assert 0 < int(answer.header("Retry-After")) <= 86400
        assert answer.page.form("/account/sign-in").fields["email"]["value"] == person.address


def test_S63_every_authentication_is_one_line_without_secrets(site, person):
    before = len(log_of(site))
    person.sign_in(site.visitor())
    person.sign_in(site.visitor(), "certainly wrong")
    sign_in(site.visitor(), site.new_address(), "certainly wrong")
    lines = log_of(site)[before:]
    assert len(lines) == 3
    assert [LOG_LINE.fullmatch(line) is not None for line in lines] == [True] * 3, lines
    results = [re.search("result=([a-z-]+)", line)[1] for line in lines]
    assert results[0] == "ok" and "ok" not in results[1:]


@pytest.mark.parametrize("typed", [
    "x\r\n2026-01-01T00:00:00+00:00 auth result=ok ip=127.0.0.1 account=- user=\"root\"", "x\x1b[2J\x1b]0;owned\x07",
    "x ip=198.51.100.1", "x\" ip=198.51.100.1 user=\"y", "x\u2028y\u0085z", "x" * 10_000, "\u202egro.elpmaxe@x",
])
def test_S63_A54_nothing_that_was_typed_makes_a_line_of_its_own(site, typed):
    before = len(site.log.splitlines())
    visitor = site.visitor()
    sign_in(visitor, typed, "certainly wrong")
    agent = re.sub("[\r\n]", " ", typed[:4000]).encode("ascii", "replace").decode()
    sign_in(site.visitor(agent), "nobody@example.org", "wrong")
    lines = site.log.splitlines()[before:]
    assert 1 <= len(lines) <= 2
    for line in lines:
        assert LOG_LINE.fullmatch(line), line
        assert line.isprintable() and len(line) < 2000
        assert re.search(r" ip=(\S+) ", line)[1].startswith("127.1.")


def test_S63_P28_no_secret_is_logged_anywhere(site, person):
    link = person.reset_link()
    visitor = site.visitor()
    press(visitor, link, {"new-password": OTHER_PASSWORD})
    person.sign_in(visitor, OTHER_PASSWORD)
    secrets = [PASSWORD, OTHER_PASSWORD, link.rpartition("=")[2], visitor.cookies[SESSION], "marrow", "velvet"]
    logs = [path.read_text(errors="replace") for path in site.run.glob("*.log")] + [site.log]
    for secret in secrets:
        assert not any(secret in log for log in logs), secret


def test_S67_the_well_known_address_leads_to_the_form(site, person):
    answer = site.visitor().get("/.well-known/change-password")
    assert (answer.status, answer.location) == (303, "/account/password")
    assert person.visitor.follow(answer).page.form("/account/password")
    invented = "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200"
    assert site.visitor().get(invented).status == 404


def test_S68_security_txt_is_as_RFC_9116_wants_it(site):
    answer = site.visitor().get("/.well-known/security.txt")
    assert answer.status == 200
    assert answer.header("Content-Type") == "text/plain; charset=utf-8"
    fields = [line.partition(": ") for line in answer.text.splitlines() if line and not line.startswith("#")]
    contacts = [value for name, _, value in fields if name == "Contact"]
    [expires] = [datetime.fromisoformat(value) for name, _, value in fields if name == "Expires"]
    assert contacts and all(contact.startswith(("mailto:", "https://", "tel:")) for contact in contacts)
    assert datetime.now(timezone.utc) < expires < datetime.now(timezone.utc) + timedelta(days=366)


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_S72_HEAD_is_GET_without_a_body(site, path):
    get, head = site.visitor().get(path), site.visitor().request("HEAD", path)
    assert (head.status, head.body) == (get.status, b"")
    names = [sorted(name for name, _ in answer.headers if name not in ("Content-Length", "Transfer-Encoding"))
             for answer in (get, head)]
    assert names[0] == names[1]


# The other two have nothing to fill in, and so nothing to refuse.
REFUSABLE = [form for form in FORMS if form[0] not in ("/account/sessions", "/account/sign-out")]


@pytest.mark.parametrize("path, fields, takes_session", REFUSABLE)
def test_S72_a_refused_form_is_422(site, member, path, fields, takes_session):
    visitor = member.visitor if takes_session else site.visitor()
    assert visitor.fill(path, fields).status == 422


@pytest.fixture(scope="module")
def member(site):
    return new_person(site)


AUTOCOMPLETE = {
    "/account/sign-up": {"email": "username", "password": "new-password"},
    "/account/sign-in": {"email": "username", "password": "current-password"},
    "/account/reset": {"email": "username"},
    "/account/password": {"current-password": "current-password", "new-password": "new-password"},
}


@pytest.mark.parametrize("path, expected", AUTOCOMPLETE.items())
def test_S8_S69_password_managers_know_every_field(site, member, path, expected):
    visitor = member.visitor if path == "/account/password" else site.visitor()
    fields = visitor.get(path).page.form(path).fields
    for name, purpose in expected.items():
        assert fields[name]["autocomplete"] == purpose
        assert "maxlength" not in fields[name]
        assert not any(attribute.startswith("on") for attribute in fields[name])
