"""`postern throttle` and `postern log`: who has to wait, and what happened; lines A17, A54, S37 and S63."""

import json
import os
import select
import signal
import subprocess
import time
from datetime import UTC, datetime, timedelta

import pytest
from harness.operator import Operator
from harness.people import sign_in
from harness.site import program
from harness.terminal import Terminal

BEFORE = "2026-11-21T07:00:00+00:00"


def succeeded(run: subprocess.CompletedProcess) -> str:
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout


def objects(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def fail(visitor, address: str, times: int):
    for _ in range(times):
        answer = sign_in(visitor, address, "not the password of anybody")
    return answer


@pytest.fixture
def operator(tmp_path):
    operator = Operator(tmp_path)
    operator.init()
    return operator


# throttle


def test_throttle_list_names_who_waits_and_lift_lets_them_in(site, person):
    stranger = site.visitor()
    fail(stranger, person.address, 6)
    holder = f"{person.address} {stranger.network}/32"
    [pair] = [entry for entry in objects(succeeded(site.operator("throttle", "list", "--all", "--json"))) if entry["of"] == holder]
    assert list(pair) == ["kind", "of", "failures", "last_failure", "opens_at", "name"]
    assert (pair["kind"], pair["failures"]) == ("pair", 6)
    # Seven more, for which it would have had to wait for two minutes in all.
    change_count(site, pair["name"], 6, 13)
    assert sign_in(stranger, person.address, person.password).status == 429

    lines = succeeded(site.operator("throttle", "list")).splitlines()
    [line] = [line for line in lines if line.startswith(f"pair {holder}  failures 13  last ")]
    # One second after the sixth, and twice as long after each that follows: docs/files.md.
    opens = datetime.fromisoformat(pair["last_failure"]) + timedelta(seconds=2 ** 7)
    assert f"  until {opens.strftime('%Y-%m-%dT%H:%M:%SZ')}  " in line
    assert not [line for line in lines if line.startswith(f"address {person.address} ")], "six do not make all others wait"
    everything = succeeded(site.operator("throttle", "list", "--all")).splitlines()
    for start in (f"address {person.address}  failures 6  last ", f"network {stranger.network}/32  failures 6  last "):
        assert [line for line in everything if line.startswith(start)]

    lifted = succeeded(site.operator("throttle", "lift", person.address.upper())).splitlines()
    assert sorted(lifted) == [f"address {person.address}", f"mail {person.address}", f"pair {holder}"]
    assert f" operator act=throttle-lifted account={account_of(site, person)} user=" in site.log.splitlines()[-1]
    assert sign_in(stranger, person.address, person.password).status == 303


def test_lifting_a_network_leaves_the_failures_of_others_counted(site, person):
    first, second = site.visitor(), site.visitor()
    fail(first, person.address, 6)
    fail(second, person.address, 1)
    lifted = succeeded(site.operator("throttle", "lift", first.network)).splitlines()
    assert sorted(lifted) == [f"network {first.network}/32", f"pair {person.address} {first.network}/32"]
    assert site.log.splitlines()[-1].endswith(f" operator act=throttle-lifted of={first.network}/32")
    left = succeeded(site.operator("throttle", "list", "--all"))
    assert f"pair {person.address} {second.network}/32  failures 1 " in left
    assert f"address {person.address}  failures 7 " in left


def test_what_is_counted_without_a_trace_is_listed_as_unknown_and_lifted_by_its_name(site, person):
    visitor = site.visitor()
    fail(visitor, person.address, 7)
    log = site.data / "log"
    kept = log.read_text()
    log.write_text("".join(line for line in kept.splitlines(keepends=True) if f"ip={visitor.network} " not in line))
    unknown = [entry for entry in objects(succeeded(site.operator("throttle", "list", "--json"))) if entry["of"] is None]
    assert [(entry["kind"], entry["failures"], entry["opens_at"]) for entry in unknown] == 2 * [("unknown", 6, None)]
    first, second = (entry["name"] for entry in unknown)
    assert succeeded(site.operator("throttle", "lift", first)) == f"unknown {first}\n"
    log.write_text(kept)
    counted = {entry["name"]: entry["kind"] for entry in objects(succeeded(site.operator("throttle", "list", "--all", "--json")))}
    assert first not in counted and counted[second] in ("pair", "network")


def test_S37_lifting_takes_no_password_away_and_gives_none(site, person):
    files = {path: path.read_bytes() for path in (site.data / "accounts").rglob("account")}
    fail(site.visitor(), person.address, 3)
    succeeded(site.operator("throttle", "lift", person.address))
    assert {path: path.read_bytes() for path in files} == files


@pytest.mark.parametrize("whom, code, complaint", [
    ("nobody@example.org", 65, "nothing is counted for nobody@example.org"),
    ("192.0.2.200", 65, "nothing is counted for 192.0.2.200"),
    ("\x1b[2J", 64, "'\\u{1b}[2J' is no e-mail address, no address of a network and no name"),
    ("192.0.2.0/24", 64, "'192.0.2.0/24' is no e-mail address"),
])
def test_lift_says_when_there_is_nothing_to_lift(site, whom, code, complaint):
    refused = site.operator("throttle", "lift", whom)
    assert (refused.returncode, refused.stdout) == (code, "")
    assert refused.stderr.startswith(f"postern: error: {complaint}")
    assert "\npostern: hint: " in refused.stderr


def change_count(site, name: str, before: int, after: int) -> None:
    """Changes how often something has failed, in the file whose line begins with the name."""
    [file] = [path for path in (site.data / "throttles").rglob("?") if f"throttle {name} " in path.read_text()]
    file.write_text(file.read_text().replace(f"throttle {name} {before} ", f"throttle {name} {after} "))


def account_of(site, person) -> str:
    return json.loads(succeeded(site.operator("accounts", "show", person.address, "--json")))["account"]


# log


def test_log_shows_what_happened_to_an_account_and_no_more(site, person):
    other = site.new_address()
    fail(site.visitor(), other, 1)
    fail(site.visitor(), person.address, 1)
    shown = succeeded(site.operator("log", "--account", person.address)).splitlines()
    assert " result=bad-password " in shown[-1]
    assert shown == [
        line for line in site.log.splitlines() if account_of(site, person) in line or f'"{person.address}"' in line]
    entry = objects(succeeded(site.operator("log", "--account", person.address, "--json")))[-1]
    assert list(entry) == ["at", "kind", "result", "ip", "account", "flow", "user"]
    assert (entry["kind"], entry["result"], entry["user"]) == ("auth", "bad-password", person.address)
    assert entry["at"] == shown[-1][:19] + "Z"


def test_A54_what_somebody_wrote_into_the_log_commands_no_terminal(operator):
    log = operator.data / "log"
    log.touch(0o600)
    log.write_bytes(f'{BEFORE} auth result=ok user="\\u{{1b}}]0;x\\u{{9b}}2J\\"\\\\"\n'.encode() + b"\x1b[2J\xc2\x9b2J\xff\r\n")
    plain = succeeded(operator.run("log"))
    assert plain == (
        f'{BEFORE} auth result=ok user="\\u{{1b}}]0;x\\u{{9b}}2J\\"\\\\"\n'
        "\\u{1b}[2J\\u{9b}2J\\u{fffd}\\u{d}\n")
    [line] = succeeded(operator.run("log", "--json")).splitlines()
    assert line.isprintable() and line.isascii()
    assert json.loads(line) == {
        "at": "2026-11-21T07:00:00Z", "kind": "auth", "result": "ok", "user": '\x1b]0;x\x9b2J"\\'}


def test_since_goes_back_into_the_file_that_was_renamed_last(operator):
    now = datetime.now(UTC).replace(microsecond=0)

    def line(hours: int) -> str:
        return f"{(now - timedelta(hours=hours)).isoformat()} operator act=keys-rotated\n"

    for name, hours in (("log.1", (50, 30)), ("log", (20, 2))):
        (operator.data / name).touch(0o600)
        (operator.data / name).write_text("".join(line(hour) for hour in hours))
    assert succeeded(operator.run("log")) == line(20) + line(2)
    assert succeeded(operator.run("log", "--since", "40h")) == line(30) + line(20) + line(2)
    assert succeeded(operator.run("log", "--since", "1d")) == line(20) + line(2)
    moment = (now - timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert succeeded(operator.run("log", "--since", moment)) == line(2)
    assert succeeded(operator.run("log", "--since", "2000-01-01", "--account", "ada@example.org")) == ""
    for wrong in ("yesterday", "-1h", "2026-13-01", "1w"):
        refused = operator.run("log", f"--since={wrong}")
        assert refused.returncode == 64 and "is no moment" in refused.stderr


class Follower:
    """`postern log --follow`, and what it has shown."""

    def __init__(self, operator: Operator):
        self.process = operator.start("log", "--follow")
        self.seen = ""

    def until(self, text: str) -> None:
        while text not in self.seen:
            assert select.select([self.process.stdout], [], [], 10)[0], self.seen
            self.seen += os.read(self.process.stdout.fileno(), 4096).decode()


def test_follow_loses_and_repeats_no_line_when_the_log_is_rotated(operator):
    log = operator.data / "log"

    def add(text: str, file=log) -> None:
        file.touch(0o600)
        with file.open("a") as end:
            end.write(text)

    add("".join(f"old {n}\n" for n in range(12)))
    follower = Follower(operator)
    follower.until("old 11\n")
    add("half a ")
    add("line\n")
    follower.until("half a line\n")
    held = log.open("a")
    log.rename(operator.data / "log.1")
    held.write("into the old file\n")
    held.close()
    add("into the new one\n")
    follower.until("into the new one\n")
    # copytruncate
    log.write_text("")
    time.sleep(1.5)
    add("after it was emptied\n")
    follower.until("after it was emptied\n")
    log.unlink()
    add("made anew\n")
    follower.until("made anew\n")
    follower.process.send_signal(signal.SIGTERM)
    assert follower.process.wait(10) == 0
    assert follower.seen.splitlines() == [
        *(f"old {n}" for n in range(2, 12)), "half a line", "into the old file", "into the new one",
        "after it was emptied", "made anew"]


def test_follow_ends_at_ctrl_c(operator):
    (operator.data / "log").touch(0o600)
    (operator.data / "log").write_text("a line\n")
    with Terminal(str(program("postern")), "log", "--follow", "--data", str(operator.data)) as terminal:
        terminal.until(b"a line\r\n")
        terminal.type(b"\x03")
        assert terminal.ended() == 0
