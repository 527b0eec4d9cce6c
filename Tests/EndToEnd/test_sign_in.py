"""Signing in, and what an answer tells of an account: lines A15 to A25 of the list of attacks."""

import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from harness.people import (
    OTHER_PASSWORD, PASSWORD, SESSION, is_signed_in, new_person, press, sign_in, sign_up,
)
from harness.script import comparable
from harness.site import Site
from harness.statistics import mann_whitney

WRONG = "certainly not the password"


@pytest.fixture(scope="module")
def slow_site(tmp_path_factory):
    """A site whose passwords are hashed as they are by default."""
    with Site(tmp_path_factory.mktemp("slow"), settings={}) as site:
        yield site


def fail_until_throttled(site, address, most=40):
    """Tries wrong passwords, each time from a new network, until one must wait for some seconds."""
    for _ in range(most):
        answer = sign_in(site.visitor(), address, WRONG)
        if answer.status == 429:
            wait = int(answer.header("Retry-After"))
            if wait >= 4:
                return
            time.sleep(wait)
        else:
            assert answer.status == 422
    raise AssertionError(f"{most} wrong passwords were all heard")


@pytest.fixture(scope="module")
def addresses(site):
    """Addresses in every state that an answer might tell apart, all of one length."""
    states = {"unknown": "nobody99@example.org"}
    for state in ("known", "disabled", "unproved"):
        address = f"{state:x<8}@example.org"
        visitor = site.visitor()
        sign_up(visitor, address)
        link = site.mailbox.next(address).link
        if state != "unproved":
            press(visitor, link)
        states[state] = address
    assert site.operator("accounts", "disable", states["disabled"]).returncode == 0
    return states


@pytest.mark.parametrize("path, fields", [
    ("/account/sign-in", {"password": WRONG}),
    ("/account/sign-up", {"password": PASSWORD}),
    ("/account/sign-up", {"password": "password1"}),
    ("/account/reset", {}),
])
def test_A15_S28_S38_no_answer_tells_whether_there_is_an_account(site, addresses, path, fields):
    answers = {}
    for state, address in addresses.items():
        visitor = site.visitor()
        first = visitor.fill(path, {"email": address, **fields})
        answers[state] = [comparable(first), sorted(visitor.cookies)]
        if first.location:
            answers[state].append(comparable(visitor.follow(first)))
    for state in answers:
        assert answers[state] == answers["unknown"], state


def test_A15_S38_a_change_to_a_taken_address_looks_like_one_to_a_free_address(site, person, addresses):
    free, taken = "freefree@example.org", addresses["known"]
    answers = []
    for address in (free, taken):
        visitor = person.elsewhere()
        first = visitor.fill("/account/address", {"email": address, "password": PASSWORD})
        answers.append((comparable(first), comparable(visitor.follow(first))))
    assert answers[0] == answers[1]
    assert "/account/address/confirm" not in site.mailbox.next(taken).text


def test_A15_the_truth_goes_by_mail(site, person):
    sign_up(site.visitor(), person.address, OTHER_PASSWORD)
    known = site.mailbox.next(person.address)
    assert "/account/verify" not in known.text and "/account/sign-in" in known.text

    stranger = site.new_address()
    site.visitor().fill("/account/reset", {"email": stranger})
    unknown = site.mailbox.next(stranger)
    assert "/account/reset/new" not in unknown.text and "/account/sign-up" in unknown.text


def timed(act) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


@pytest.mark.alone
@pytest.mark.parametrize("password", [WRONG, "x" * 1000])
def test_A16_S28_no_answers_time_tells_whether_there_is_an_account(slow_site, password):
    known, unknown = [], []
    people = [new_person(slow_site) for _ in range(8)]
    for round in range(4):
        for number, person in enumerate(people):
            visitors = slow_site.visitor(), slow_site.visitor()
            for visitor in visitors:
                visitor.get("/account/sign-in")
            stranger = f"nobody{round}{number}{len(password)}@example.net"
            pairs = [(known, person.address, visitors[0]), (unknown, stranger, visitors[1])]
            for times, address, visitor in pairs if number % 2 else reversed(pairs):
                times.append(timed(lambda: visitor.post(
                    "/account/sign-in", {"email": address, "password": password})))
    assert mann_whitney(known, unknown) > 0.001, (statistics.median(known), statistics.median(unknown))


@pytest.mark.alone
def test_A16_asking_for_a_reset_takes_the_same_time_for_anybody(site):
    known, unknown = [], []
    people = [new_person(site) for _ in range(10)]
    for round in range(3):
        for number, person in enumerate(people):
            pairs = [(known, person.address), (unknown, f"nobody{round}{number}@example.net")]
            for times, address in pairs if number % 2 else reversed(pairs):
                visitor = site.visitor()
                visitor.get("/account/reset")
                times.append(timed(lambda: visitor.post("/account/reset", {"email": address})))
    difference = abs(statistics.median(known) - statistics.median(unknown))
    assert difference < 0.003 or mann_whitney(known, unknown) > 0.001


def test_A17_one_network_cannot_try_many_accounts(site):
    visitor = site.visitor()
    statuses = [sign_in(visitor, site.new_address(), WRONG).status for _ in range(80)]
    assert statuses[0] == 422 and 429 in statuses


def test_A17_S12_many_networks_cannot_try_one_account(site, person):
    fail_until_throttled(site, person.address)
    assert person.sign_in(site.visitor()).status == 429


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP"])
def test_A18_S61_a_forged_address_neither_dodges_nor_frames(site, header):
    visitor, framed = site.visitor(), site.visitor()
    statuses = []
    for number in range(80):
        visitor.get("/account/sign-in")
        answer = visitor.post(
            "/account/sign-in", {"email": site.new_address(), "password": WRONG},
            headers={header: framed.network if number % 2 else f"203.0.113.{number}"})
        statuses.append(answer.status)
    assert 429 in statuses
    assert sign_in(framed, site.new_address(), WRONG).status == 422


def test_A19_an_own_good_sign_in_does_not_clear_the_network(site, person):
    attacker, statuses = new_person(site), []
    for _ in range(80):
        visitor = attacker.visitor
        visitor.cookies.clear()
        statuses.append(sign_in(visitor, site.new_address(), WRONG).status)
        visitor.cookies.clear()
        attacker.sign_in()
    assert 429 in statuses


@pytest.mark.parametrize("spelling", [
    str.upper, str.title, lambda text: f"  {text} ", lambda text: text.replace("example", "ＥＸＡＭＰＬＥ"),
], ids=["capitals", "title", "spaces", "full width"])
def test_A20_another_spelling_has_no_count_of_its_own(site, person, spelling):
    fail_until_throttled(site, person.address)
    assert sign_in(site.visitor(), spelling(person.address), WRONG).status == 429


def test_A21_a_stranger_cannot_lock_the_owner_out(site, person):
    assert person.sign_out().status == 303
    fail_until_throttled(site, person.address)
    assert sign_in(site.visitor(), person.address, PASSWORD).status == 429
    assert person.sign_in().status == 303


def test_A21_mail_opens_a_throttled_account(site, person):
    fail_until_throttled(site, person.address)
    newcomer = site.visitor()
    assert press(newcomer, person.reset_link(), {"new-password": OTHER_PASSWORD}).status == 303
    assert person.sign_in(newcomer, OTHER_PASSWORD).status == 303


@pytest.mark.parametrize("next", [
    "//evil.test", "/\\evil.test", "https:evil.test", "/%09/evil.test", "/%5cevil.test", "///evil.test",
    "/..//evil.test", "@evil.test", "/@evil.test//x", "javascript:alert(1)", "http://evil.test/", "\\\\evil.test",
    "/\t/evil.test", "/a\r\nSet-Cookie: x=y", "/\r\n/evil.test", ".evil.test", "http://localhost@evil.test/",
    "//localhost:80@evil.test/", "/members//evil.test", "\u2215\u2215evil.test", "/" + "a" * 5000,
])
def test_A22_S56_nobody_is_led_away(site, person, next):
    answer = sign_in(site.visitor(), person.address, person.password, next=next)
    assert answer.status in (303, 422)
    if answer.status == 303:
        location = answer.header("Location")
        assert location.isascii() and location.isprintable()
        assert location.startswith(site.address + "/") or (
            location.startswith("/") and not location.startswith(("//", "/\\", "/%5c", "/%09", "/..")))
        assert answer.header("Set-Cookie").startswith("__Host-")


def test_A22_the_way_back_leads_to_the_page_that_was_asked_for(site, person):
    visitor = site.visitor()
    answer = visitor.get("/account/password")
    assert answer.status == 303 and answer.location.startswith("/account/sign-in")
    visitor.get(answer.location)
    next = visitor.get(answer.location).page.value("next")
    answer = visitor.post(
        "/account/sign-in", {"email": person.address, "password": person.password, "next": next})
    assert answer.location == "/account/password"


@pytest.fixture
def evil_page():
    """Serves a page from another site, which sends a form of the attacker's as soon as a button is pressed."""
    pages = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(pages["/"].encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def serve(action: str, fields: dict[str, str]) -> str:
        inputs = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in fields.items())
        pages["/"] = f'<!doctype html><form method="post" action="{action}">{inputs}<button>Win</button></form>'
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    server.shutdown()


def test_A23_S51_P17_no_other_site_signs_anybody_in(site, person, evil_page, browser):
    token = site.visitor().get("/account/sign-in").page.value("form-token")
    url = evil_page(site.address + "/account/sign-in", {
        "email": person.address, "password": person.password, "form-token": token})
    page = browser.new_page(java_script_enabled=False)
    page.goto(url)
    with page.expect_navigation() as navigation:
        page.click("button")
    assert navigation.value.status == 403
    page.goto(site.address + "/account/")
    assert "/account/sign-in" in page.url


def test_A23_no_other_site_signs_anybody_out(site, person, evil_page, browser):
    page = browser.new_page(java_script_enabled=False)
    page.goto(site.address + "/account/sign-in")
    page.fill("[name=email]", person.address)
    page.fill("[name=password]", person.password)
    page.click("main form button")
    assert page.url == site.address + "/account/"
    page.goto(evil_page(site.address + "/account/sign-out", {}))
    page.click("button")
    page.goto(site.address + "/account/")
    assert page.url == site.address + "/account/"


@pytest.mark.alone
def test_A24_a_huge_password_is_refused_at_once(site, person):
    visitor = site.visitor()
    visitor.get("/account/sign-in")
    begin = time.perf_counter()
    answer = visitor.post("/account/sign-in", {"email": person.address, "password": "x" * 1_000_000})
    assert answer.status in (413, 422)
    assert time.perf_counter() - begin < 2


def resident_kilobytes(site) -> int:
    """The memory that the `account` processes have each for themselves."""
    processes = (site.run / "account.pids").read_text().split()
    statuses = [Path(f"/proc/{process}/status").read_text() for process in processes]
    return sum(int(line.split()[1]) for status in statuses for line in status.splitlines() if line.startswith("RssAnon"))


def test_A24_P23_many_sign_ins_at_once_are_bounded_in_memory(tmp_path):
    with Site(tmp_path, settings={}, workers=12) as site:
        visitors = [site.visitor() for _ in range(50)]
        for visitor in visitors:
            visitor.get("/account/sign-in")
        peak = 0
        with ThreadPoolExecutor(len(visitors)) as pool:
            attempts = [
                pool.submit(visitor.post, "/account/sign-in", {"email": site.new_address(), "password": WRONG})
                for visitor in visitors]
            while not all(attempt.done() for attempt in attempts):
                peak = max(peak, resident_kilobytes(site))
                time.sleep(0.02)
        answers = [attempt.result() for attempt in attempts]
        assert {answer.status for answer in answers} <= {422, 503}
        assert all(answer.header("Retry-After") for answer in answers if answer.status == 503)
        # 16 MiB for each hash that may run, and what the processes take when they are idle.
        assert peak < 12 * 16 * 1024


def test_A25_credentials_in_an_address_are_not_used_and_not_logged(site, person):
    visitor = site.visitor()
    query = f"email={person.address}&password={person.password.replace(' ', '+')}"
    answer = visitor.get(f"/account/sign-in?{query}")
    assert SESSION not in visitor.cookies
    assert not is_signed_in(visitor)
    assert person.password not in answer.text and person.password.replace(" ", "+") not in answer.text
    assert "marrow" not in site.access_log and person.address not in site.access_log
