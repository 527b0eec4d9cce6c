"""Mail on its way out: lines A53, A63 and A66, with a real mail program and a real mail server."""

import collections
import email
import email.policy
import random
import signal
import time

import pytest
from harness.operator import Operator
from harness.sink import MSMTP, Sink


@pytest.fixture
def operator(tmp_path):
    operator = Operator(tmp_path)
    operator.init()
    return operator


@pytest.fixture
def sink(operator):
    with Sink() as sink:
        sink.configure(operator.home)
        operator.configure("mail", f"sendmail {MSMTP}")
        yield sink


def script(operator, text: str) -> str:
    """A mail program that is a shell script."""
    path = operator.home / "sendmail"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o700)
    operator.configure("mail", f"sendmail {path}")


def test_a_message_reaches_a_mail_server_once_and_whole(operator, sink):
    message = "Subject: Hello\nFrom: a@seeds.example\nTo: ada@example.org\n\n.\n..\nFrom here\nlast\n"
    operator.spool("ada@example.org", message)
    for _ in range(2):
        delivered = operator.run("deliver")
        assert (delivered.returncode, delivered.stdout, delivered.stderr) == (0, "", "")
    [received] = sink.received
    assert received.sender == "security@seeds.example"
    assert received.recipients == ["ada@example.org"]
    parsed = email.message_from_bytes(received.content, policy=email.policy.default)
    assert parsed.get_content().replace("\r\n", "\n") == ".\n..\nFrom here\nlast\n"
    assert operator.run("mail", "list").stdout == ""


@pytest.mark.parametrize("head", [
    "to ada@example.org\nto eve@example.org", "to ada@example.org,eve@example.org", "to -oQ/tmp", "to ada@example.org\r",
    "to ada@example.org eve@example.org", "from <>\nto ada@example.org",
])
def test_A53_A63_a_tampered_spool_file_is_set_aside_unsent(operator, sink, head):
    name = operator.spool("ada@example.org")
    file = operator.data / "spool" / "new" / name
    file.write_bytes(file.read_bytes().replace(b"to ada@example.org", head.encode(), 1))
    delivered = operator.run("deliver")
    assert delivered.returncode == 75
    assert delivered.stderr == f"postern: mail: set {name} aside: it is not a message of this program\n"
    assert operator.spooled("failed") == [name]
    assert not sink.received


def test_A53_nothing_in_a_message_ends_it_or_begins_another(operator, sink):
    smuggled = "Subject: x\n\nfirst\n.\nMAIL FROM:<eve@example.org>\nRCPT TO:<eve@example.org>\nDATA\nsecond\n.\n"
    operator.spool("ada@example.org", smuggled)
    operator.run("deliver")
    [received] = sink.received
    assert received.recipients == ["ada@example.org"]
    assert b"second" in received.content


def test_A66_a_refused_recipient_is_given_up_and_the_next_is_served(operator, sink):
    sink.refusing["gone@example.org"] = "550 5.1.1 no such user"
    operator.spool("gone@example.org")
    time.sleep(1.1)
    operator.spool("ada@example.org")
    delivered = operator.run("deliver")
    assert delivered.returncode == 75
    assert delivered.stderr.startswith("postern: mail: gave up the message to gone@example.org: exit status 65: ")
    assert [received.recipients for received in sink.received] == [["ada@example.org"]]
    [line] = operator.run("mail", "list").stdout.splitlines()
    assert line.startswith("failed/") and "gone@example.org  attempts 1  exit status 65: " in line
    assert operator.run("doctor").stdout.count("given up: 1") == 1


def test_A66_a_server_that_is_away_delays_mail_and_loses_none(operator):
    with Sink() as sink:
        sink.configure(operator.home)
    operator.configure("mail", f"sendmail {MSMTP}")
    operator.spool("ada@example.org")
    delivered = operator.run("deliver")
    assert delivered.returncode == 75
    assert "attempt 1 for ada@example.org did not succeed, the next is in 1 min: exit status " in delivered.stderr
    assert operator.run("deliver").stderr == "", "it waits"
    with Sink() as sink:
        sink.configure(operator.home)
        operator.make_due()
        assert operator.run("deliver").returncode == 0
        assert [received.recipients for received in sink.received] == [["ada@example.org"]]


def test_A66_killed_at_any_moment_it_sends_every_message_and_names_what_is_in_doubt(operator):
    script(operator, 'echo "$5" >> "$HOME/sent"; sleep 0.005')
    file = operator.home / "sent"
    file.touch()
    recipients = [f"person{number}@example.org" for number in range(60)]
    for recipient in recipients:
        operator.spool(recipient)
    doubted, kills = [], 0
    generator = random.Random(66)
    while operator.spooled("new") or operator.spooled("sending"):
        operator.make_due()
        before, more = file.stat().st_size, generator.randrange(1, 150)
        process = operator.start("deliver")
        while process.poll() is None and file.stat().st_size < before + more:
            time.sleep(0.001)
        time.sleep(generator.random() * 0.01)
        process.kill()
        _, told = process.communicate()
        kills += process.returncode == -signal.SIGKILL
        doubted += [line.split("whether ")[1].split(" ")[0] for line in told.splitlines() if "in doubt whether" in line]
    time.sleep(0.2)  # a mail program outlives the one that started it
    sent = collections.Counter(file.read_text().split())
    assert set(sent) == set(recipients)
    assert kills > 5
    assert {recipient for recipient, count in sent.items() if count > 1} <= set(doubted)
    assert sum(sent.values()) - len(recipients) <= kills
    assert operator.spooled("failed") == []


def test_it_watches_quietly_and_ends_cleanly(operator, sink):
    process = operator.start("deliver", "--watch")
    try:
        operator.spool("ada@example.org")
        deadline = time.monotonic() + 10
        while not sink.received and time.monotonic() < deadline:
            time.sleep(0.05)
        assert [received.recipients for received in sink.received] == [["ada@example.org"]]
    finally:
        process.terminate()
    told = process.communicate(timeout=10)
    assert (process.returncode, told) == (0, ("", ""))


def test_a_signal_lets_it_finish_the_message_at_hand(operator):
    script(operator, 'touch "$HOME/started"; sleep 1; cat > "$HOME/message"')
    for _ in range(2):
        operator.spool("ada@example.org", "Subject: x\n\nto the end\n")
    process = operator.start("deliver", "--watch")
    while not (operator.home / "started").exists():
        time.sleep(0.02)
    process.terminate()
    assert process.communicate(timeout=10) == ("", "")
    assert process.returncode == 0
    assert (operator.home / "message").read_text().endswith("to the end\n")
    assert (len(operator.spooled("new")), operator.spooled("sending")) == (1, [])


def test_one_process_delivers_and_a_second_one_says_so(operator):
    script(operator, 'touch "$HOME/started"; sleep 2')
    operator.spool("ada@example.org")
    first = operator.start("deliver")
    while not (operator.home / "started").exists():
        time.sleep(0.02)
    second = operator.run("deliver")
    assert second.returncode == 75
    assert second.stderr.splitlines()[0] == (
        f"postern: error: {operator.data}/spool: another process delivers already")
    assert first.wait(10) == 0


def test_a_maildir_gets_a_file_for_each_message(operator):
    for number in range(3):
        operator.spool(f"person{number}@example.org", f"Subject: {number}\n\nx\n")
    assert operator.run("deliver").returncode == 0
    files = sorted((operator.data / "mail" / "new").iterdir())
    assert len(files) == 3
    parsed = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
    assert sorted(message["Subject"] for message in parsed) == ["0", "1", "2"]
    assert all(message["Return-Path"] == "<security@seeds.example>" for message in parsed)
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in files)
    assert (operator.data / "mail").stat().st_mode & 0o777 == 0o700
