"""Reset and recovery: lines S28 to S38. (S28, S31 to S34 are shown with the links, too.)"""

import pytest
from harness.clock import make_older
from harness.people import (
    OTHER_PASSWORD, PASSWORD, SESSION, is_signed_in, new_person, press, sign_in, sign_up,
)
from harness.site import Site

NEW_PASSWORD = 'name="new-password"'


def reset(site, person, password=OTHER_PASSWORD):
    """Goes through a reset, and returns the browser in which that was."""
    visitor = site.visitor()
    assert press(visitor, person.reset_link(), {"new-password": password}).status == 303
    return visitor


def test_the_old_password_is_dead_after_a_reset_and_the_new_one_works(site, person):
    reset(site, person)
    assert person.sign_in(site.visitor(), PASSWORD).status == 422
    assert person.sign_in(site.visitor(), OTHER_PASSWORD).status == 303


def test_every_session_ends_with_a_reset(site, person):
    other = person.elsewhere()
    reset(site, person)
    assert not is_signed_in(person.visitor)
    assert not is_signed_in(other)


def test_S29_the_stored_record_opens_nothing(site, person):
    link = person.reset_link()
    token = link.rpartition("=")[2]
    for path in site.data.rglob("*"):
        if path.is_file() and "mail" not in path.relative_to(site.data).parts:
            assert token.encode() not in path.read_bytes(), path


@pytest.mark.parametrize("minutes, works", [(55, True), (65, False)])
def test_S29_S36_a_reset_link_lasts_an_hour(tmp_path, minutes, works):
    with Site(tmp_path) as site:
        person = new_person(site)
        link = person.reset_link()
        make_older(site.data, minutes=minutes)
        visitor = site.visitor()
        assert (NEW_PASSWORD in visitor.follow(visitor.get(link)).text) == works


@pytest.mark.parametrize("hours, works", [(23, True), (25, False)])
def test_S36_a_link_that_proves_an_address_lasts_a_day(tmp_path, hours, works):
    with Site(tmp_path) as site:
        address, visitor = site.new_address(), site.visitor()
        sign_up(visitor, address)
        link = site.mailbox.next(address).link
        make_older(site.data, hours=hours)
        assert ('name="token"' in visitor.follow(visitor.get(link)).text) == works


def test_S35_a_reset_is_told_by_mail_and_can_be_undone(site, person):
    reset(site, person)
    notice = site.mailbox.next(person.address)
    assert OTHER_PASSWORD not in notice.source.decode()
    stranger = person.sign_in(site.visitor(), OTHER_PASSWORD)
    assert stranger.status == 303

    assert press(site.visitor(), notice.link).status == 303
    assert person.sign_in(site.visitor(), OTHER_PASSWORD).status == 422
    # The stranger's new device was told of as well, before or after it.
    links = [message.link for message in site.mailbox.all(person.address)]
    remedy = next(link for link in links if link.startswith("/account/reset/new?"))
    assert press(site.visitor(), remedy, {"new-password": PASSWORD}).status == 303


def test_S35_a_change_of_the_password_is_told_by_mail_and_can_be_undone(site, person):
    other = person.elsewhere()
    other.fill("/account/password", {"current-password": PASSWORD, "new-password": OTHER_PASSWORD})
    notice = site.mailbox.next(person.address)
    assert PASSWORD not in notice.source.decode() and OTHER_PASSWORD not in notice.source.decode()
    assert press(site.visitor(), notice.link).status == 303
    assert not is_signed_in(other)
    assert person.sign_in(site.visitor(), OTHER_PASSWORD).status == 422


def test_S35_a_change_of_the_address_is_told_at_the_old_one(site, person):
    old, new = person.address, site.new_address()
    person.visitor.fill("/account/address", {"email": new, "password": PASSWORD})
    assert press(person.visitor, site.mailbox.next(new).link).status == 303
    notice = site.mailbox.next(old)
    assert new not in notice.text
    assert "/account/not-me" in notice.link
    assert sign_in(site.visitor(), new, PASSWORD).status == 303
    assert sign_in(site.visitor(), old, PASSWORD).status == 422


def test_S35_S52_a_scanner_that_opens_a_notice_undoes_nothing(site, person):
    person.visitor.fill("/account/password", {"current-password": PASSWORD, "new-password": OTHER_PASSWORD})
    link = site.mailbox.next(person.address).link
    for _ in range(5):
        assert site.visitor().get(link).status in (200, 303)
        assert site.visitor().request("HEAD", link).status in (200, 303)
    assert is_signed_in(person.visitor)
    assert person.sign_in(site.visitor(), OTHER_PASSWORD).status == 303


def test_S31_a_reset_hands_no_session_to_anybody(site, person):
    assert SESSION not in reset(site, person).cookies


def test_S37_the_operator_can_neither_choose_nor_see_a_password(site):
    for arguments in (["--help"], ["accounts", "--help"], ["help", "accounts"]):
        text = site.operator(*arguments).stdout.lower()
        assert "--password" not in text
    assert site.operator("accounts", "password", "x@example.org").returncode != 0


def test_S38_asking_again_for_the_mail_of_a_sign_up_tells_nothing(site, person):
    answers = []
    for address in (person.address, site.new_address()):
        visitor = site.visitor()
        visitor.follow(sign_up(visitor, address, OTHER_PASSWORD))
        answer = visitor.post("/account/sign-up/resend")
        answers.append((answer.status, answer.location))
    assert answers[0] == answers[1]


def test_a_weak_password_is_refused_with_reasons_in_a_reset(site, person):
    visitor = site.visitor()
    answer = press(visitor, person.reset_link(), {"new-password": "password1"})
    assert answer.status == 422
    assert answer.page.problems == ["new-password"]
    assert "password1" not in answer.text
    assert visitor.post("/account/reset/new", {"new-password": OTHER_PASSWORD}).status == 303


def test_the_same_password_is_refused_in_a_reset(site, person):
    assert press(site.visitor(), person.reset_link(), {"new-password": PASSWORD}).status == 422
