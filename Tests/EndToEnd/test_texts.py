"""Text messages on their way out: lines S36, S70, A53, A55, A63 and A66, with a real service over TLS."""

import base64
import collections
import json
import random
import re
import signal
import time
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from harness.operator import Operator
from harness.site import ROOT, free_port
from harness.text_gateway import TextGateway

NUMBER = "+12125550123"
TEXT = "Millbrook Seed Library: 123456 is your code. It isn't \"for\" anybody else & works once.\n@seeds.example #123456"
SPOOL = "spool/texts"
NOTHING = (0, "", "")


@pytest.fixture
def operator(tmp_path):
    operator = Operator(tmp_path)
    operator.init()
    return operator


@pytest.fixture
def gateway(tmp_path):
    with TextGateway(tmp_path) as gateway:
        yield gateway


def describe(operator, gateway, text: str) -> None:
    """Lets the operator use a gateway, by the text of its file."""
    file = operator.data / "gateway.conf"
    file.touch(0o600)
    file.write_text(text)
    operator.configure("texts", "gateway gateway.conf")
    operator.configure("certificates", str(gateway.ca))


def example(name: str, gateway, **values: str) -> str:
    """A file from hosting/texts, its service replaced by the one on loopback and its places filled in."""
    text = (ROOT / "hosting" / "texts" / name).read_text()
    text = re.sub(r"^url https://[^/]+", f"url {gateway.address}", text, flags=re.MULTILINE)
    for place, value in values.items():
        assert place in text
        text = text.replace(place, value)
    return text


def simple(gateway) -> str:
    return f"url {gateway.address}/send\nheader X-API-Key: kept-secret\nbody to={{number}}&text={{text}}\n"


def deliver(operator, *arguments: str) -> tuple[int, str, str]:
    delivered = operator.run("deliver", *arguments)
    return delivered.returncode, delivered.stdout, delivered.stderr


def program(operator, text: str) -> None:
    path = operator.home / "send"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o700)
    operator.configure("texts", f"program {path}")


# Gateways


def test_S70_twilio_is_asked_as_it_wants_to_be(operator, gateway):
    describe(operator, gateway, example("twilio.conf", gateway, ACCOUNT="AC0123", SECRET="4f1c:9e"))
    operator.spool_text(NUMBER, TEXT)
    assert deliver(operator) == NOTHING
    [asked] = gateway.asked
    assert (asked.method, asked.path) == ("POST", "/2010-04-01/Accounts/AC0123/Messages.json")
    assert asked.headers["Authorization"] == "Basic " + base64.b64encode(b"AC0123:4f1c:9e").decode()
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    form = parse_qsl(asked.body, strict_parsing=True)
    assert form == [("To", NUMBER), ("From", "+15005550006"), ("Body", TEXT)]
    assert re.search(r"\n@seeds\.example #\d{6}\Z", form[2][1])
    assert operator.spooled("new", SPOOL) == operator.spooled("sending", SPOOL) == operator.spooled("failed", SPOOL) == []


def test_authys_successor_gets_the_code_that_was_made_here(operator, gateway):
    describe(operator, gateway, example("authy.conf", gateway, SERVICE="VA0123", SECRET="4f1c9e"))
    operator.spool_text(NUMBER, TEXT)
    assert deliver(operator) == NOTHING
    [asked] = gateway.asked
    assert (asked.method, asked.path) == ("POST", "/v2/Services/VA0123/Verifications")
    assert parse_qsl(asked.body, strict_parsing=True) == [
        ("To", NUMBER), ("Channel", "sms"), ("CustomCode", "123456")]


def test_a_service_that_speaks_as_authy_did_is_asked_so(operator, gateway):
    text = (ROOT / "hosting" / "texts" / "authy.conf").read_text()
    old = "\n".join(re.findall(r"^#   ((?:url|header|body|status) .*)$", text, re.MULTILINE))
    describe(operator, gateway, old.replace("https://api.authy.com", gateway.address).replace("KEY", "0123abc"))
    gateway.statuses = [200]
    operator.spool_text(NUMBER, TEXT)
    assert deliver(operator) == NOTHING
    [asked] = gateway.asked
    assert (asked.method, asked.path) == ("POST", "/protected/json/phones/verification/start")
    assert asked.headers["X-Authy-API-Key"] == "0123abc"
    assert dict(parse_qsl(asked.body, strict_parsing=True)) == {
        "via": "sms", "country_code": "1", "phone_number": "2125550123", "custom_code": "123456"}


def test_A53_a_json_service_gets_the_text_whole(operator, gateway):
    describe(operator, gateway, (
        f"url {gateway.address}/messages\nmethod PUT\nheader Content-Type: application/json\n"
        'header Authorization: Bearer a"b\\c\nbody {"to": ["{number}"], "text": "{text}"}\nstatus 201\n'))
    text = "a \"quoted\\ word — ü 🌱 \u2028 {code} %41 @/etc/passwd\n@seeds.example #123456"
    operator.spool_text(NUMBER, text)
    assert deliver(operator) == NOTHING
    [asked] = gateway.asked
    assert asked.method == "PUT"
    assert asked.headers["Authorization"] == 'Bearer a"b\\c'
    assert json.loads(asked.body) == {"to": [NUMBER], "text": text}


def test_A53_a_quote_with_an_accent_ends_no_option_either(operator, gateway):
    # Swift takes the two for one character, curl takes the first for the end of a value.
    describe(operator, gateway, f"url {gateway.address}/\nheader Content-Type: application/json\nbody \"{{text}}\"\n")
    text = 'x"\u0301\noutput = "/tmp/x\n@seeds.example #123456'
    operator.spool_text(NUMBER, text)
    assert deliver(operator) == NOTHING
    assert json.loads(gateway.asked[0].body) == text


def test_a_service_that_takes_everything_in_its_address(operator, gateway):
    describe(operator, gateway, f"url {gateway.address}/send?to={{number}}&text={{text}}&x=[1-2]\n")
    operator.spool_text(NUMBER, TEXT)
    assert deliver(operator) == NOTHING
    [asked] = gateway.asked
    assert (asked.method, asked.body) == ("GET", "")
    assert parse_qsl(asked.path.partition("?")[2]) == [("to", NUMBER), ("text", TEXT), ("x", "[1-2]")]


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_fault_of_the_service_delays_a_message_and_loses_none(operator, gateway, status):
    describe(operator, gateway, simple(gateway))
    gateway.statuses = [status, 201]
    operator.spool_text(NUMBER, TEXT)
    assert deliver(operator) == (75, "", (
        f"postern: text: attempt 1 for {NUMBER} did not succeed, the next is in 5 s: "
        f"the gateway answered with status {status}\n"))
    assert deliver(operator) == NOTHING and len(gateway.asked) == 1, "it waits"
    operator.make_due(SPOOL)
    assert deliver(operator) == NOTHING
    assert len(gateway.asked) == 2


# What was wrong stays wrong, and what was answered with another success may have been sent.
@pytest.mark.parametrize("status", [204, 302, 400, 401, 404])
def test_an_answer_that_was_not_expected_is_the_last(operator, gateway, status):
    describe(operator, gateway, simple(gateway))
    gateway.statuses = [status]
    gateway.location = gateway.address + "/elsewhere"
    name = operator.spool_text(NUMBER, TEXT)
    assert deliver(operator) == (75, "", (
        f"postern: text: gave up the message to {NUMBER}: the gateway answered with status {status}\n"))
    assert [asked.path for asked in gateway.asked] == ["/send"], "no redirection is followed"
    assert operator.spooled("failed", SPOOL) == [name]
    [line] = operator.run("texts", "list").stdout.splitlines()
    assert line.startswith(f"failed/{name}  ") and line.endswith("the gateway answered with status " + str(status))
    assert operator.run("doctor").stdout == (
        f"{operator.data}/spool/texts/failed: texts that were given up: 1; see 'postern texts list', and remove them\n")


def test_a_message_that_was_taken_is_not_sent_again_because_the_answer_breaks_off(operator, gateway):
    describe(operator, gateway, simple(gateway))
    gateway.promised = 1000
    operator.spool_text(NUMBER, TEXT)
    assert deliver(operator) == NOTHING
    assert operator.spooled("new", SPOOL) == []


def test_a_service_that_is_away_is_asked_again(operator, tmp_path):
    with TextGateway(tmp_path) as gateway:
        describe(operator, gateway, simple(gateway))
    operator.spool_text(NUMBER, TEXT)
    status, _, told = deliver(operator)
    assert status == 75
    assert f"attempt 1 for {NUMBER} did not succeed, the next is in 5 s: Failed to connect to localhost" in told


@pytest.mark.parametrize("certificate", ["untrusted", "expired", "wrong-host"])
def test_nothing_is_told_to_a_server_that_is_not_the_one(operator, tmp_path, certificate):
    with TextGateway(tmp_path, certificate) as gateway:
        describe(operator, gateway, simple(gateway))
        operator.spool_text(NUMBER, TEXT)
        status, _, told = deliver(operator)
        assert status == 75
        assert f"attempt 1 for {NUMBER} did not succeed, the next is in 5 s: SSL" in told
        assert gateway.asked == []
        assert len(operator.spooled("new", SPOOL)) == 1


def test_nobody_is_asked_without_tls(operator, gateway):
    describe(operator, gateway, simple(gateway).replace("https:", "http:"))
    operator.spool_text(NUMBER, TEXT)
    status, _, told = deliver(operator)
    assert (status, gateway.asked) == (78, [])
    assert f"{operator.data}/gateway.conf: line 1: 'url' must be https://" in told


def test_A55_a_proxy_in_the_environment_or_a_home_is_not_asked(operator, gateway, monkeypatch):
    describe(operator, gateway, simple(gateway))
    nowhere = f"http://127.0.0.1:{free_port()}"
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY"]:
        monkeypatch.setenv(name, nowhere)
    (operator.home / ".curlrc").write_text(f'proxy = "{nowhere}"\ninsecure\n')
    operator.spool_text(NUMBER, TEXT)
    assert deliver(operator) == NOTHING
    assert len(gateway.asked) == 1


def test_a_server_that_does_not_answer_is_waited_for_so_long_and_no_longer(operator, gateway):
    describe(operator, gateway, simple(gateway))
    gateway.delay = 60
    operator.spool_text(NUMBER, TEXT)
    began = time.monotonic()
    status, _, told = deliver(operator)
    assert status == 75
    assert 19 < time.monotonic() - began < 30
    assert "did not succeed, the next is in 5 s: Operation timed out after 20" in told


def test_no_key_number_or_text_is_in_an_argument_list_or_an_environment(operator, gateway):
    describe(operator, gateway, simple(gateway))
    gateway.delay = 2
    operator.spool_text(NUMBER, TEXT)
    process = operator.start("deliver")
    assert gateway.began.wait(10)
    [curl] = [
        path.parent for path in Path("/proc").glob("[0-9]*/stat")
        if path.read_text().rpartition(")")[2].split()[1] == str(process.pid)]
    assert (curl / "cmdline").read_bytes().split(b"\0")[:-1] == [b"/usr/bin/curl", b"-q", b"--config", b"-"]
    assert sorted((curl / "environ").read_bytes().split(b"\0")[:-1]) == [
        b"HOME=/", b"PATH=/usr/sbin:/usr/bin:/sbin:/bin"]
    assert process.communicate(timeout=10) == ("", "")
    assert process.returncode == 0


def test_P28_what_went_wrong_is_told_without_the_key_and_the_code(operator, gateway):
    describe(operator, gateway, simple(gateway))
    gateway.statuses = [500]
    operator.spool_text(NUMBER, TEXT)
    _, _, told = deliver(operator)
    listed = operator.run("texts", "list").stdout
    examined = operator.run("doctor").stdout
    assert "kept-secret" not in told + listed + examined and "123456" not in told + listed + examined


# Time


def test_S36_an_expired_message_is_never_sent(operator, gateway):
    describe(operator, gateway, simple(gateway))
    operator.spool_text(NUMBER, TEXT, lifetime=-1)
    operator.spool_text("+14165550123", TEXT)
    assert deliver(operator) == (75, "", f"postern: text: gave up the message to {NUMBER}: expired\n")
    assert [dict(parse_qsl(asked.body))["to"] for asked in gateway.asked] == ["+14165550123"]


def test_no_code_waits_for_a_mail_program_that_hangs(operator):
    hanging = operator.home / "sendmail"
    hanging.write_text('#!/bin/sh\ntouch "$HOME/started"\nexec sleep 20\n')
    hanging.chmod(0o700)
    operator.configure("mail", f"sendmail {hanging}")
    operator.configure("texts", "folder texts")
    operator.spool("ada@example.org")
    process = operator.start("deliver", "--watch")
    try:
        while not (operator.home / "started").exists():
            time.sleep(0.02)
        operator.spool_text(NUMBER, TEXT)
        deadline = time.monotonic() + 5
        while operator.spooled("new", SPOOL) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert operator.spooled("new", SPOOL) == []
        assert len(operator.spooled("sending")) == 1
    finally:
        process.kill()
        process.wait()


def test_A66_killed_at_any_moment_it_sends_every_message_and_names_what_is_in_doubt(operator):
    program(operator, 'head -n 1 >> "$HOME/sent"; sleep 0.005')
    file = operator.home / "sent"
    file.touch()
    numbers = [f"+1212555{number:04}" for number in range(100, 140)]
    for number in numbers:
        operator.spool_text(number, TEXT)
    doubted, kills = [], 0
    generator = random.Random(66)
    while operator.spooled("new", SPOOL) or operator.spooled("sending", SPOOL):
        operator.make_due(SPOOL)
        before, more = file.stat().st_size, generator.randrange(1, 100)
        process = operator.start("deliver")
        while process.poll() is None and file.stat().st_size < before + more:
            time.sleep(0.001)
        time.sleep(generator.random() * 0.01)
        process.kill()
        _, told = process.communicate()
        kills += process.returncode == -signal.SIGKILL
        doubted += [line.split("whether ")[1].split(" ")[0] for line in told.splitlines() if "in doubt whether" in line]
    time.sleep(0.2)  # a program outlives the one that started it
    sent = collections.Counter(file.read_text().split())
    assert set(sent) == set(numbers)
    assert kills > 5
    assert {number for number, count in sent.items() if count > 1} <= set(doubted)
    assert sum(sent.values()) - len(numbers) <= kills
    assert operator.spooled("failed", SPOOL) == []


# The other ways


def test_a_program_gets_number_and_text_on_standard_input(operator):
    program(operator, 'cat > "$HOME/input"; echo "$# arguments" >> "$HOME/input"')
    operator.spool_text(NUMBER, TEXT)
    assert deliver(operator) == NOTHING
    assert (operator.home / "input").read_text() == f"{NUMBER}\n{TEXT}0 arguments\n"


def test_S70_a_folder_gets_a_file_for_each_message(operator):
    operator.configure("texts", "folder texts")
    for number in range(3):
        operator.spool_text(f"+1212555010{number}", TEXT)
        time.sleep(1.01)
    assert deliver(operator) == NOTHING
    files = sorted((operator.data / "texts").iterdir())
    assert [file.read_text() for file in files] == [f"To: +1212555010{number}\n\n{TEXT}" for number in range(3)]
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in files)
    assert (operator.data / "texts").stat().st_mode & 0o777 == 0o700


def test_nothing_leaves_where_nothing_is_configured(operator):
    name = operator.spool_text(NUMBER, TEXT)
    assert deliver(operator) == NOTHING
    assert operator.spooled("new", SPOOL) == [name]


def test_init_lets_a_demo_have_its_texts_in_a_folder(tmp_path):
    operator = Operator(tmp_path)
    made = operator.run(
        "init", str(operator.data), "--url", "https://seeds.example", "--forms", "f", "--name", "x", "--mail", "maildir",
        "--texts", "folder")
    assert made.returncode == 0
    assert "\ntexts folder texts\n" in (operator.data / "postern.conf").read_text()


@pytest.mark.parametrize("head", [
    f"to {NUMBER}\nto +18765550123", "to +19005550123", "to 2125550123", f"to {NUMBER}\r", "to -K/etc/curlrc",
])
def test_A53_A63_a_tampered_file_is_set_aside_unsent(operator, gateway, head):
    describe(operator, gateway, simple(gateway))
    name = operator.spool_text(NUMBER, TEXT)
    file = operator.data / SPOOL / "new" / name
    file.write_bytes(file.read_bytes().replace(f"to {NUMBER}".encode(), head.encode(), 1))
    assert deliver(operator) == (
        75, "", f"postern: text: set {name} aside: it is not a message of this program\n")
    assert operator.spooled("failed", SPOOL) == [name]
    assert not gateway.asked


# The doctor


@pytest.mark.parametrize("harm, complaint", [
    (lambda file: file.unlink(), "gateway.conf: it is missing; docs/texts.md says what stands in it"),
    (lambda file: file.chmod(0o644), "gateway.conf: others can use it (mode 644); take their rights away"),
    (lambda file: file.write_text("url https://a.example/\nbody {phone}\n"), "gateway.conf: line 2: there is no place {phone}"),
    (lambda file: file.write_bytes(b"url https://a.example/\n# \xff\n"), "gateway.conf: it is not in UTF-8"),
])
def test_doctor_reads_the_gateways_file(operator, gateway, harm, complaint):
    describe(operator, gateway, simple(gateway))
    assert operator.run("doctor").stdout == ""
    harm(operator.data / "gateway.conf")
    found = operator.run("doctor").stdout
    assert complaint in found and found.count("\n") == 1
    status, _, told = deliver(operator)
    assert status == 78 and complaint.partition(";")[0] in told


def test_doctor_looks_for_the_program(operator):
    operator.configure("texts", "program /nowhere/send")
    assert operator.run("doctor").stdout == (
        "/nowhere/send: this user cannot run it; install it, or name another one at 'texts' in postern.conf\n")


def test_doctor_asks_why_nobody_delivers_texts(operator):
    operator.configure("texts", "folder texts")
    file = operator.data / SPOOL / "new" / operator.spool_text(NUMBER, TEXT)
    assert operator.run("doctor").stdout == ""
    file.write_text(re.sub(r"(?m)^due \d+$", f"due {int(time.time()) - 61}", file.read_text()))
    assert operator.run("doctor").stdout == (
        f"{operator.data}/spool/texts/new: texts that nobody delivers: 1; run 'postern deliver --watch' as a service\n")
