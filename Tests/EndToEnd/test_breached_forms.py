"""Breached passwords as a visitor meets them, with a service, a filter or both behind the forms: D3, A26, A55, P24, S5."""

import os
import re
import shutil
import socket
import time
from pathlib import Path

import pytest
from harness.breached_list import build_filter, digest
from harness.cgi import CGIVisitor
from harness.clock import make_look_ups_older
from harness.people import OTHER_PASSWORD, PASSWORD, Person, new_person, press, sign_in, sign_up
from harness.range_server import TROUBLES, RangeServer
from harness.script import comparable
from harness.site import QUICK, Site
from harness.visitor import Answer

# Whether an answer comes in time is part of most of these.
pytestmark = pytest.mark.alone

BREACHED = "copper thistle ledger umbrella"
OTHER_BREACHED = "bramble saucer november clarinet"
WARNING = "in lists of stolen passwords a thousand times or more"
INSIST = "type it once more"
# What the site is set to unless a test says otherwise: nothing is looked up.
STANDARD = {
    "breached-filter": "none", "breached-service": "none", "breached-sign-up": "warn", "breached-password": "warn",
    "breached-reset": "warn", "breached-renew": "block"}
# What is left of 1.2 seconds after a password was hashed at the usual cost, which is much more than what it costs here.
IN_TIME = 0.9
PAUSED = "the service is left alone for a minute, because it gave no answer"
STATISTIC = re.compile(
    r"\d{4}-\d\d-\d\d (sign-up|sign-in|password|reset|renew) score=[0-4] breached=(yes|no|unknown) "
    r"outcome=(accepted|warned|refused) variant=-")


@pytest.fixture(scope="module")
def running_service(tmp_path_factory):
    with RangeServer(tmp_path_factory.mktemp("service")) as service:
        service.know(BREACHED, 3912)
        service.know(OTHER_BREACHED, 3912)
        yield service


@pytest.fixture
def service(running_service):
    """The service, which answers as it should."""
    running_service.behave("right")
    running_service.asked.clear()
    return running_service


@pytest.fixture(scope="module")
def proxy():
    """A proxy that the environment names by every name, and that nobody is to use."""
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.setblocking(False)
        yield proxy


@pytest.fixture(scope="module")
def running(proxy, tmp_path_factory):
    """A site in whose environment the proxy is."""
    url = f"http://127.0.0.1:{proxy.getsockname()[1]}"
    with pytest.MonkeyPatch.context() as environment:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            environment.setenv(name, url)
            environment.setenv(name.upper(), url)
        environment.setenv("no_proxy", "")
        # Whom it asks changes while it runs; test_breached_cgi.py asks from within the sandbox.
        with Site(tmp_path_factory.mktemp("site"), QUICK | STANDARD | {"sandbox": "off"}) as site:
            yield site


@pytest.fixture
def site(running):
    """The site, which looks nothing up unless a test says where, and remembers nothing of what was asked before."""
    running.configure(STANDARD)
    shutil.rmtree(running.data / "breached", ignore_errors=True)
    return running


@pytest.fixture
def online(site, service):
    """The site, which asks the service."""
    site.configure({"breached-service": service.address, "certificates": str(service.ca)})
    return site


@pytest.fixture
def filter(site) -> Path:
    """The filter of the site."""
    file = site.data / "breached.filter"
    build_filter(file, {BREACHED: 3912})
    site.configure({"breached-filter": file.name})
    return file


def timed_sign_up(site: Site, password: str) -> tuple[Answer, float]:
    """The answer to a sign-up of somebody new, and the seconds that it took."""
    visitor = site.visitor()
    visitor.get("/account/sign-up")
    began = time.monotonic()
    answer = visitor.post("/account/sign-up", {"email": site.new_address(), "password": password})
    return answer, time.monotonic() - began


def troubles(site: Site) -> list[str]:
    """What the log says of passwords that could not be looked up."""
    return re.findall(r'^\S+ breach-check result=unknown reason="(.*)"$', site.log, re.MULTILINE)


def last_statistic(site: Site) -> str:
    """The last line without its day."""
    return site.statistics[-1].partition(" ")[2]


def change(person: Person, password: str) -> Answer:
    """Opens the form for a new password and sends it."""
    return person.visitor.fill("/account/password", {"current-password": person.password, "new-password": password})


def is_warning(answer: Answer) -> bool:
    """Whether an answer warns of the password, and may take it if it comes again."""
    assert answer.status in (303, 422), answer.status
    return answer.status == 422 and WARNING in answer.text and INSIST in answer.text


# The service

@pytest.mark.parametrize("behaviour, trouble", TROUBLES.items(), ids=TROUBLES)
def test_A26_sign_up_goes_on_in_time_whatever_the_service_does(online, service, behaviour, trouble):
    service.behave(behaviour)
    answer, seconds = timed_sign_up(online, BREACHED)
    assert (answer.status, answer.location) == (303, "/account/verify")
    assert seconds < IN_TIME
    assert last_statistic(online) == "sign-up score=4 breached=unknown outcome=accepted variant=-"
    assert troubles(online)[-1] == trouble
    assert len(service.asked) <= 1


@pytest.mark.parametrize("behaviour", ["right", "unpadded", "slow-but-right"])
def test_A26_D3_S5_a_breached_password_is_warned_of_and_taken_when_it_is_typed_again(online, service, behaviour):
    service.behave(behaviour)
    visitor, address = online.visitor(), online.new_address()
    visitor.get("/account/sign-up")
    began = time.monotonic()
    warned = visitor.post("/account/sign-up", {"email": address, "password": BREACHED})
    assert time.monotonic() - began < IN_TIME
    assert is_warning(warned) and warned.page.problems == ["new-password"] and BREACHED not in warned.text
    assert last_statistic(online) == "sign-up score=4 breached=yes outcome=warned variant=-"

    assert visitor.post("/account/sign-up", {"email": address, "password": BREACHED}).status == 303
    assert last_statistic(online) == "sign-up score=4 breached=yes outcome=accepted variant=-"
    assert press(visitor, online.mailbox.next(address).link).status == 303
    assert sign_in(online.visitor(), address, BREACHED).status == 303
    # What was kept of the first answer was enough for the second.
    assert len(service.asked) == 1


def test_A26_a_password_that_only_pads_an_answer_is_not_breached(online, service):
    padding = "harbour lettuce violin gravel"
    service.know(padding, 0)
    assert sign_up(online.visitor(), online.new_address(), padding).status == 303
    assert last_statistic(online) == "sign-up score=4 breached=no outcome=accepted variant=-"


def test_D3_S5_a_breached_password_is_refused_where_the_site_blocks_it(online):
    online.configure({"breached-sign-up": "block"})
    visitor, address = online.visitor(), online.new_address()
    for _ in range(2):
        answer = sign_up(visitor, address, BREACHED)
        assert answer.status == 422 and WARNING in answer.text and INSIST not in answer.text
        assert last_statistic(online) == "sign-up score=4 breached=yes outcome=refused variant=-"
    assert sign_up(visitor, address, PASSWORD).status == 303


def test_D3_nobody_is_asked_where_the_site_does_not_want_it(online, service):
    online.configure({"breached-sign-up": "off"})
    assert sign_up(online.visitor(), online.new_address(), BREACHED).status == 303
    assert service.asked == []
    assert last_statistic(online) == "sign-up score=4 breached=unknown outcome=accepted variant=-"


@pytest.mark.parametrize("rule", ["warn", "block"])
def test_A26_every_form_goes_on_while_the_service_is_away(online, service, rule):
    online.configure({f"breached-{flow}": rule for flow in ("sign-up", "password", "reset", "renew")})
    service.behave("503")
    person = new_person(online, BREACHED)
    assert change(person, OTHER_BREACHED).status == 303
    online.mailbox.next(person.address)
    assert press(online.visitor(), person.reset_link(), {"new-password": BREACHED}).status == 303
    assert press(online.visitor(), online.mailbox.next(person.address).link).status == 303
    renewal = online.mailbox.next(person.address).link
    assert press(online.visitor(), renewal, {"new-password": OTHER_BREACHED}).status == 303
    make_look_ups_older(online.data, days=8)
    assert person.sign_in(online.visitor(), OTHER_BREACHED).location == "/account/"
    assert [line.split()[1:] for line in online.statistics[-5:]] == [
        [flow, "score=4", "breached=unknown", "outcome=accepted", "variant=-"]
        for flow in ("sign-up", "password", "reset", "renew", "sign-in")]


def test_A26_P24_five_digits_are_all_that_leaves(online, service):
    person = new_person(online)
    assert is_warning(change(person, BREACHED))
    assert is_warning(press(online.visitor(), person.reset_link(), {"new-password": OTHER_BREACHED}))
    assert [asked.text.decode() for asked in service.asked] == [
        f"GET /range/{digest(password)[:5]} HTTP/1.0\r\nHost: localhost:{service.port}\r\n"
        "User-Agent: Postern (account security for small sites)\r\nAdd-Padding: true\r\n\r\n"
        for password in (PASSWORD, BREACHED, OTHER_BREACHED)]


def test_A26_an_outage_costs_one_visitor_time_and_not_the_next(online, service):
    service.behave("slow")
    timed_sign_up(online, PASSWORD)
    assert troubles(online)[-1] == "no answer in time"
    before = service.connections
    for _ in range(4):
        assert timed_sign_up(online, BREACHED)[0].status == 303
        assert troubles(online)[-1] == PAUSED
    assert service.connections == before
    # A minute later it is asked again.
    service.behave("right")
    os.utime(online.data / "breached" / "pause", (time.time() - 61,) * 2)
    assert is_warning(sign_up(online.visitor(), online.new_address(), BREACHED))


def test_A26_what_one_process_was_answered_is_known_to_all(online, service):
    assert is_warning(sign_up(online.visitor(), online.new_address(), BREACHED))
    elsewhere = CGIVisitor(online.data, online.address)
    assert is_warning(sign_up(elsewhere, online.new_address(), BREACHED))
    assert len(service.asked) == 1


def test_A26_sign_up_goes_on_without_certificates_and_the_operator_is_told(online, service):
    online.configure({"certificates": "/nowhere/ca.pem"})
    assert sign_up(online.visitor(), online.new_address(), BREACHED).status == 303
    sentence = "/nowhere/ca.pem: no certificates can be read"
    assert troubles(online)[-1] == sentence and service.asked == []
    assert f"{sentence}; install 'ca-certificates', or name others in postern.conf\n" in online.operator("doctor").stdout


def test_A55_P24_no_proxy_is_asked_whoever_names_it(online, service, proxy):
    url = f"http://127.0.0.1:{proxy.getsockname()[1]}"
    visitor = online.visitor()
    visitor.get("/account/sign-up")
    fields = {"email": online.new_address(), "password": BREACHED}
    answer = visitor.post("/account/sign-up", fields, headers={"Proxy": url, "HTTPS-Proxy": url})
    assert is_warning(answer) and len(service.asked) == 1
    with pytest.raises(BlockingIOError):
        proxy.accept()


# The filter

@pytest.mark.parametrize("count, words", [
    (1, "stands in a list of stolen passwords"),
    (9, "stands in a list of stolen passwords"),
    (10, "stands in lists of stolen passwords ten times or more"),
    (999, "stands in lists of stolen passwords a hundred times or more"),
    (1000, "stands in lists of stolen passwords a thousand times or more"),
    (99_999, "stands in lists of stolen passwords ten thousand times or more"),
    (100_000, "stands in lists of stolen passwords a hundred thousand times or more"),
    (30_000_000, "stands in lists of stolen passwords a million times or more"),
])
def test_D3_the_warning_says_in_words_how_often_a_password_was_seen(site, filter, count, words):
    build_filter(filter, {BREACHED: count})
    answer = sign_up(site.visitor(), site.new_address(), BREACHED)
    assert answer.status == 422 and INSIST in answer.text
    assert f"<strong>The one you tried {words}</strong>" in answer.text


def test_D3_warns_at_a_change_and_behind_the_link_of_a_reset(site, filter):
    person = new_person(site)
    assert is_warning(change(person, BREACHED))
    fields = {"current-password": PASSWORD, "new-password": BREACHED}
    assert person.visitor.post("/account/password", fields).status == 303
    site.mailbox.next(person.address)
    build_filter(filter, {OTHER_BREACHED: 3912})
    visitor = site.visitor()
    assert is_warning(press(visitor, person.reset_link(), {"new-password": OTHER_BREACHED}))
    assert visitor.post("/account/reset/new", {"new-password": OTHER_BREACHED}).status == 303
    assert [line.split()[1:] for line in site.statistics[-4:]] == [
        [flow, "score=4", "breached=yes", f"outcome={outcome}", "variant=-"]
        for flow in ("password", "reset") for outcome in ("warned", "accepted")]


def test_D3_S5_refuses_a_breached_password_in_a_reset_that_has_to_be_made(site, filter):
    person = new_person(site)
    assert press(site.visitor(), person.reset_link(), {"new-password": OTHER_PASSWORD}).status == 303
    assert press(site.visitor(), site.mailbox.next(person.address).link).status == 303
    visitor = site.visitor()
    answer = press(visitor, site.mailbox.next(person.address).link, {"new-password": BREACHED})
    for _ in range(2):
        assert answer.status == 422 and WARNING in answer.text and INSIST not in answer.text
        assert last_statistic(site) == "renew score=4 breached=yes outcome=refused variant=-"
        answer = visitor.post("/account/reset/new", {"new-password": BREACHED})
    assert visitor.post("/account/reset/new", {"new-password": PASSWORD}).status == 303


def test_D3_tells_who_signs_in_with_a_breached_password_once_a_week(site, filter):
    person = new_person(site)
    build_filter(filter, {PASSWORD: 12})

    def is_told() -> bool:
        visitor = site.visitor()
        answer = person.sign_in(visitor)
        if answer.location == "/account/":
            return False
        assert answer.location.startswith("/account/attention?")
        page = visitor.follow(answer)
        assert page.page.title.startswith("Before you go on")
        assert {"/account/password", "/account/"} <= set(page.page.links)
        return True

    # It was looked up at sign-up, before it was in the list.
    assert not is_told()
    make_look_ups_older(site.data, days=6)
    assert not is_told()
    make_look_ups_older(site.data, days=1)
    assert is_told()
    assert last_statistic(site) == "sign-in score=4 breached=yes outcome=accepted variant=-"
    assert not is_told()
    make_look_ups_older(site.data, days=7)
    assert is_told()


def test_A15_a_breached_password_is_answered_alike_for_known_and_unknown_addresses(site, filter):
    known = new_person(site).address
    answers = []
    for address in (known, site.new_address()):
        visitor = site.visitor()
        warned = sign_up(visitor, address, BREACHED)
        taken = visitor.post("/account/sign-up", {"email": address, "password": BREACHED})
        assert is_warning(warned) and taken.status == 303
        answers.append((comparable(warned), comparable(taken)))
    assert answers[0] == answers[1]


def test_the_service_is_asked_only_of_what_the_filter_does_not_know(online, filter, service):
    assert is_warning(sign_up(online.visitor(), online.new_address(), BREACHED))
    assert service.asked == []
    assert is_warning(sign_up(online.visitor(), online.new_address(), OTHER_BREACHED))
    assert [asked.prefix for asked in service.asked] == [digest(OTHER_BREACHED)[:5]]
    assert sign_up(online.visitor(), online.new_address(), PASSWORD).status == 303
    assert last_statistic(online) == "sign-up score=4 breached=no outcome=accepted variant=-"


def test_a_filter_that_is_replaced_counts_from_the_next_request_on(site, filter):
    for _ in range(3):
        build_filter(filter, {OTHER_BREACHED: 3912})
        assert is_warning(sign_up(site.visitor(), site.new_address(), OTHER_BREACHED))
        build_filter(filter, {BREACHED: 3912})
        assert sign_up(site.visitor(), site.new_address(), OTHER_BREACHED).status == 303
    assert last_statistic(site) == "sign-up score=4 breached=no outcome=accepted variant=-"


def replace(file: Path, data: bytes) -> None:
    """Puts another file into the place of one that may be mapped."""
    new = file.with_suffix(".other")
    new.write_bytes(data)
    new.rename(file)


def flip(data: bytes, first: int) -> bytes:
    """A bit in each sector from the first on is another one."""
    return bytes(byte ^ (at % 512 == 100 and at // 512 >= first) for at, byte in enumerate(data))


REBUILD = "; build it again with 'postern breached build'"


@pytest.mark.parametrize("harm, complaint", [
    (lambda file: replace(file, flip(file.read_bytes(), 1)),
     r"a filter that is damaged in the sector at byte \d+" + REBUILD),
    (lambda file: replace(file, flip(file.read_bytes(), 0)),
     "a filter that is damaged in the sector at byte 0" + REBUILD),
    (lambda file: replace(file, file.read_bytes()[:-512]),
     "a filter that ends too early, as after a broken copy" + REBUILD),
    (lambda file: replace(file, b"a list of something else\n"),
     "not a filter of breached passwords; name the file that 'postern breached build' has written"),
    (lambda file: file.unlink(),
     "cannot be read: No such file or directory; make one with 'postern breached build', or let this user read it"),
    (lambda file: (replace(file, file.read_bytes()), file.chmod(0o666)),
     r"others can change it \(mode 666\); take their rights away with 'chmod go-w'"),
], ids=["damaged", "damaged-head", "truncated", "something-else", "missing", "writable"])
def test_A26_the_site_goes_on_without_a_filter_that_is_no_good(site, filter, harm, complaint):
    def doctor() -> list[str]:
        """What the operator is told of the filter."""
        return [line for line in site.operator("doctor").stdout.splitlines() if line.startswith(f"{filter}: ")]

    assert is_warning(sign_up(site.visitor(), site.new_address(), BREACHED))
    assert doctor() == []

    harm(filter)
    assert sign_up(site.visitor(), site.new_address(), BREACHED).status == 303
    assert last_statistic(site) == "sign-up score=4 breached=unknown outcome=accepted variant=-"
    for sentence in (troubles(site)[-1], *doctor()):
        assert re.fullmatch(re.escape(f"{filter}: ") + complaint, sentence)
    assert len(doctor()) == 1

    build_filter(filter, {BREACHED: 3912})
    assert is_warning(sign_up(site.visitor(), site.new_address(), BREACHED))
    assert doctor() == []


def test_A26_a_service_stands_in_for_a_filter_that_is_no_good(online, filter, service):
    filter.unlink()
    assert is_warning(sign_up(online.visitor(), online.new_address(), BREACHED))
    assert troubles(online)[-1].startswith(f"{filter}: cannot be read")
    assert len(service.asked) == 1


def test_the_statistics_say_nothing_about_anybody(site, filter):
    person = new_person(site, OTHER_PASSWORD)
    assert sign_up(site.visitor(), person.address, "password1").status == 422
    assert is_warning(sign_up(site.visitor(), person.address, BREACHED))
    text = "\n".join(site.statistics)
    assert all(STATISTIC.fullmatch(line) for line in site.statistics)
    assert last_statistic(site) == "sign-up score=4 breached=yes outcome=warned variant=-"
    for password in (OTHER_PASSWORD, BREACHED, "password1"):
        assert password not in text and digest(password)[:5] not in text.upper()
        assert password not in site.log and digest(password)[:5] not in site.log.upper()
    assert person.address not in text
