"""The operator's `postern accounts`: lines S11, S37, S44, P19, P28, A4, A12 and A13."""

import json
import re
import subprocess

import pytest
from harness.operator import Operator
from harness.people import OTHER_PASSWORD, PASSWORD, is_signed_in, new_people, press, sign_in, sign_up
from harness.site import program
from harness.terminal import Terminal


def succeeded(run: subprocess.CompletedProcess) -> str:
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout


@pytest.fixture(scope="module")
def people(site):
    """Three people: the second is in a group and has a name, the third is disabled."""
    people = new_people(site, 3)
    succeeded(site.operator("accounts", "group", people[1].address, "staff"))
    file = account_file(site, people[1].address)
    file.write_text(re.sub("(?m)^(email .*)$", "\\1\nname Ünal \"Ü\" Ash", file.read_text()))
    succeeded(site.operator("accounts", "disable", people[2].address))
    return people


def account_file(site, address: str):
    return next(
        path for path in (site.data / "accounts").rglob("account") if f"\nemail {address}\n" in path.read_text())


# list, find and show


def test_list_has_a_line_for_each_account_in_an_order_that_stays(site, people):
    lines = succeeded(site.operator("accounts", "list")).splitlines()
    assert {line.split("  ")[0] for line in lines} >= {person.address for person in people}
    assert succeeded(site.operator("accounts", "list")).splitlines() == lines
    [staff] = [line for line in lines if line.startswith(people[1].address)]
    assert re.fullmatch(
        rf'{people[1].address}  created \d{{4}}-\d\d-\d\d  seen \d{{4}}-\d\d-\d\d  group staff  Ünal "Ü" Ash', staff)


@pytest.mark.parametrize("options, expected", [
    (["--group", "staff"], [1]), (["--group", "nobody"], []), (["--disabled"], [2]), (["--imported"], []),
    (["--unseen-since", "2020-01-01"], []), (["--unseen-since", "9999-12-31"], [0, 1, 2]), (["--without-factor"], [0, 1, 2]),
    (["--disabled", "--group", "staff"], []),
])
def test_list_has_those_that_were_asked_for(site, people, options, expected):
    listed = [json.loads(line) for line in succeeded(site.operator("accounts", "list", "--json", *options)).splitlines()]
    own = [account["address"] for account in listed if account["address"] in [person.address for person in people]]
    assert sorted(own) == sorted(people[number].address for number in expected)


def test_list_and_show_say_the_same_in_json(site, people):
    person = people[1]
    [line] = succeeded(site.operator("accounts", "find", person.address, "--json")).splitlines()
    found, shown = json.loads(line), json.loads(succeeded(site.operator("accounts", "show", person.address, "--json")))
    assert {name: shown[name] for name in found} == found
    assert list(found) == [
        "account", "address", "name", "language", "created", "seen", "disabled", "groups", "factors", "hash_kind"]
    assert (found["name"], found["groups"], found["disabled"]) == ('Ünal "Ü" Ash', ["staff"], False)
    assert (found["factors"], found["hash_kind"]) == ([], "own")
    assert [session["browser"] for session in shown["sessions"]] and "scrypt" not in line
    assert "signed-in" in [event["kind"] for event in shown["events"]]


@pytest.mark.parametrize("part", ["ünal", "\" ASH", "person2@", "PERSON2@EXAMPLE"])
def test_find_looks_in_addresses_and_names(site, people, part):
    assert people[1].address == "person2@example.org"
    found = succeeded(site.operator("accounts", "find", part)).splitlines()
    assert [line.split("  ")[0] for line in found] == [people[1].address]


def test_find_says_by_its_exit_status_that_there_is_nobody(site, people):
    nobody = site.operator("accounts", "find", "nobody")
    assert (nobody.returncode, nobody.stdout, nobody.stderr) == (1, "", "")


def test_P19_a_damaged_account_is_complained_of_and_the_others_are_listed(site, people):
    file = account_file(site, people[0].address)
    whole = file.read_text()
    file.write_text("account 1\n")
    listed = site.operator("accounts", "list")
    file.write_text(whole)
    assert listed.returncode == 74
    assert listed.stderr == (
        f"postern: error: {file}: line 2: expected 'id' and a value\n"
        "postern: hint: 'postern doctor' looks at the whole installation\n")
    assert people[1].address in listed.stdout and people[0].address not in listed.stdout


# add


def invite(site, address: str, *options: str) -> str:
    assert succeeded(site.operator("accounts", "add", address, *options)) == ""
    return site.mailbox.next(address).link


def test_S11_S37_an_invitation_lets_somebody_choose_a_password_of_their_own(site):
    address = site.new_address()
    link = invite(site, address, "--name", "Hazel Wood", "--group", "staff", "--group", "board")
    assert site.operator("accounts", "show", address).returncode == 67, "there is no account before"
    assert f' operator act=invited account=- user="{address}"' in site.log

    visitor = site.visitor()
    for _ in range(3):
        assert visitor.get(link).status == 200, "looking does nothing"
    chosen = visitor.follow(press(visitor, link))
    assert chosen.status == 200
    assert visitor.post("/account/reset/new", {"new-password": PASSWORD}).location == "/account/sign-in?notice=verified"
    assert sign_in(visitor, address, PASSWORD).status == 303
    shown = json.loads(succeeded(site.operator("accounts", "show", address, "--json")))
    assert (shown["name"], shown["groups"]) == ("Hazel Wood", ["board", "staff"])
    again = site.visitor().get(link)
    assert again.status == 200 and not [form for form in again.page.forms if form.action == "/account/verify"]


def test_a_newer_invitation_voids_the_older(site):
    address = site.new_address()
    first = invite(site, address)
    succeeded(site.operator("accounts", "add", address, "--language", "de"))
    second = site.mailbox.next(address)
    assert second.subject == "Ihre Einladung zu Millbrook Seed Library"
    assert site.visitor().get(first).status == 422
    assert site.visitor().get(second.link).status == 200


def test_A12_a_strangers_sign_up_neither_voids_an_invitation_nor_brings_a_password_along(site):
    address = site.new_address()
    link = invite(site, address)
    stranger = site.visitor()
    sign_up(stranger, address, OTHER_PASSWORD)
    visitor = site.visitor()
    visitor.follow(press(visitor, link))
    assert sign_in(site.visitor(), address, OTHER_PASSWORD).status == 422
    assert visitor.post("/account/reset/new", {"new-password": PASSWORD}).status == 303
    assert sign_in(site.visitor(), address, PASSWORD).status == 303


def test_A13_an_invitation_opens_nothing_else(site):
    token = invite(site, site.new_address()).partition("?")[2]
    for path in ("/account/reset/new", "/account/address/confirm", "/account/not-me"):
        assert site.visitor().get(f"{path}?{token}").status == 422


def test_nobody_is_invited_who_has_an_account(site, people):
    refused = site.operator("accounts", "add", people[0].address.upper())
    assert (refused.returncode, refused.stderr) == (65, (
        f"postern: error: {people[0].address.upper().replace('EXAMPLE.ORG', 'example.org')} has an account already\n"
        "postern: hint: 'postern accounts reset' mails a link to a new password\n"))
    assert site.mailbox.all(people[0].address) == []


# reset


def test_S37_the_operator_starts_a_reset_and_sees_nothing_of_it(site, people):
    person = people[0]
    assert succeeded(site.operator("accounts", "reset", person.address)) == ""
    link = site.mailbox.next(person.address).link
    assert sign_in(site.visitor(), person.address, PASSWORD).status == 303, "until then the old password works"
    visitor = site.visitor()
    assert press(visitor, link, {"new-password": OTHER_PASSWORD}).status == 303
    person.password = OTHER_PASSWORD
    assert person.sign_in(visitor).status == 303
    assert " operator act=reset-mailed account=" in site.log


def test_nobody_who_is_disabled_is_sent_a_link(site, people):
    refused = site.operator("accounts", "reset", people[2].address)
    assert refused.returncode == 65 and "is disabled" in refused.stderr and "hint: " in refused.stderr
    assert site.mailbox.all(people[2].address) == []


# delete


def test_A4_S44_a_deleted_account_is_gone_with_its_sessions_and_links(site):
    [person] = new_people(site, 1)
    reset = person.reset_link()
    unasked = site.operator("accounts", "delete", person.address)
    assert unasked.returncode == 64 and "hint: --yes" in unasked.stderr and is_signed_in(person.visitor)

    name = json.loads(succeeded(site.operator("accounts", "show", person.address, "--json")))["account"]
    assert succeeded(site.operator("accounts", "delete", "--yes", person.address)) == ""
    assert f' operator act=deleted account={name} user="{person.address}"' in site.log
    assert not is_signed_in(person.visitor)
    assert person.sign_in(site.visitor()).status == 422
    assert site.operator("accounts", "show", person.address).returncode == 67
    assert not list((site.data / "accounts").rglob(name))

    visitor = site.visitor()
    sign_up(visitor, person.address, OTHER_PASSWORD)
    press(visitor, site.mailbox.next(person.address).link)
    assert visitor.follow(visitor.get(reset)).status == 422, "the link was about another account"
    assert sign_in(site.visitor(), person.address, PASSWORD).status == 422


def test_on_a_terminal_the_address_has_to_be_typed_again(site):
    [person] = new_people(site, 1)
    for typed, code in ((b"someone@example.org\n", 64), (person.address.encode() + b"\n", 0)):
        command = [str(program("postern")), "accounts", "delete", person.address, "--data", str(site.data)]
        with Terminal(*command) as terminal:
            terminal.until(b"Type the address again")
            assert is_signed_in(person.visitor)
            terminal.type(typed)
            assert terminal.ended() == code
    assert not is_signed_in(person.visitor)


# export


def test_P28_an_export_is_for_one_pair_of_eyes_and_has_no_hash(site, people, tmp_path):
    file = tmp_path / "accounts.jsonl"
    assert re.fullmatch(r"accounts written: \d+\n", succeeded(site.operator("accounts", "export", "--output", str(file))))
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text() == succeeded(site.operator("accounts", "list", "--json"))
    assert "scrypt" not in file.read_text()
    assert " operator act=exported accounts=" in site.log

    again = site.operator("accounts", "export", "--output", str(file))
    assert (again.returncode, again.stderr) == (73, (
        f"postern: error: {file}: File exists\npostern: hint: name a file that is not there yet\n"))


def test_S10_a_hash_of_ours_is_good_where_its_pepper_is_and_nowhere_else(site, people, tmp_path):
    file = tmp_path / "move.jsonl"
    succeeded(site.operator("accounts", "export", "--with-hashes", "--output", str(file)))
    assert " operator act=exported-with-hashes accounts=" in site.log
    [line] = [line for line in file.read_text().splitlines() if people[1].address in line]
    file.write_text(line + "\n")

    other = Operator(tmp_path)
    other.init()
    refused = other.run("accounts", "import", "--form", "jsonl", str(file))
    assert refused.returncode == 65
    assert re.fullmatch(
        rf"postern: error: {file}:1: the hash was made with the pepper [0-9a-f]{{8}}, which is not here\n", refused.stderr)

    (other.data / "keys" / "pepper").write_text((site.data / "keys" / "pepper").read_text())
    assert "accounts added: 1\n" in succeeded(other.run("accounts", "import", "--form", "jsonl", str(file)))
    moved = json.loads(succeeded(other.run("accounts", "list", "--json")))
    was = json.loads(line)
    same = ("address", "name", "language", "created", "disabled", "groups", "hash_kind")
    assert {name: moved[name] for name in same} == {name: was[name] for name in same}
    assert was["hash"] in next((other.data / "accounts").rglob("account")).read_text()
