"""Second factors: an authenticator app, a phone, recovery codes, and people who have them."""

import itertools
import re
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from .people import Person, new_people, new_person
from .site import Site
from .visitor import Answer, Visitor

CHALLENGE = "/account/second-factor"
APP = "/account/second-factor/totp"
PHONE = "/account/second-factor/sms"
TEXT = "/account/second-factor/text"
CODES = "/account/second-factor/recovery-codes"
REMOVE = "/account/second-factor/remove"

KEY = re.compile(r"<code>((?:[A-Z2-7]{4} ?){8})</code>")
RECOVERY_CODE = re.compile(r"<li><code>([^<]+)</code>")
# Of an app in an account's file, the last step whose code was right.
LAST_STEP = re.compile(r"(?m)^(app \S+ \S+) (\d+) ")


def oathtool(key: str, at: float, more: int = 0) -> list[str]:
    """The code that an authenticator app shows at a time, and so many that it shows next, by another program."""
    return subprocess.run(
        ["oathtool", "--totp", "-b", key, f"--now=@{int(at)}", f"--window={more}"],
        capture_output=True, text=True, check=True).stdout.split()


@dataclass(frozen=True)
class App:
    """An authenticator app with one key."""

    key: str

    def code(self, steps: int = 0) -> str:
        """The code that it shows now, or would so many steps later."""
        return oathtool(self.key, time.time() + 30 * steps)[0]


@dataclass
class Guarded(Person):
    """Somebody with an app and recovery codes."""

    app: App = App("")
    recovery_codes: list[str] = field(default_factory=list)

    def code(self) -> str:
        """A code that was not used: the account forgets that it has seen the one of this half minute."""
        edit_account(self.site, self.address, LAST_STEP, lambda line: f"{line[1]} {int(line[2]) - 9} ")
        return self.app.code()

    def reset_link(self) -> str:
        self.site.mailbox.all(self.address)
        return super().reset_link()

    def halfway(self, visitor: Visitor | None = None) -> Visitor:
        """A browser in which the right password was given, and no code."""
        visitor = visitor or self.site.visitor()
        answer = self.sign_in(visitor)
        assert (answer.status, answer.location.partition("?")[0]) == (303, CHALLENGE)
        return visitor

    def elsewhere(self) -> Visitor:
        visitor = self.halfway()
        assert prove(visitor, self.code()).status == 303
        return visitor


def prove(visitor: Visitor, code: str, **fields: str) -> Answer:
    """Types a code at the challenge."""
    return visitor.fill(CHALLENGE, {"code": code, **fields})


def is_right(answer: Answer) -> bool:
    """Whether a code was accepted at the challenge, or refused."""
    assert answer.status in (303, 422), answer.status
    return answer.status == 303


def wrong_code(app: App) -> str:
    """Six digits that are no code of the app's for some minutes."""
    near = oathtool(app.key, time.time() - 120, 15)
    return next(code for code in ("123456", "654321", "111222") if code not in near)


def shown_key(answer: Answer) -> str:
    """The key on the page of an enrolment, as an app reads it."""
    return KEY.search(answer.text)[1].replace(" ", "")


def shown_codes(answer: Answer) -> list[str]:
    return RECOVERY_CODE.findall(answer.text)


def enrol_app(visitor: Visitor, name: str = "") -> App:
    """Adds an app, and leaves the browser before the page that comes then."""
    app = App(shown_key(visitor.get(APP)))
    answer = visitor.post(APP, {"code": app.code(), "name": name})
    assert answer.status == 303, answer.text
    return app


def guarded_person(site: Site) -> Guarded:
    """Somebody who has an account and an app, has read all mail about that, and is signed in.

    Mail takes up to a second, so several get their accounts together, and wait here until they are asked for.
    """
    waiting = _waiting.setdefault(site, [])
    if not waiting:
        people = new_people(site, 12)
        waiting += [_guarded(person) for person in people]
        for person in people:
            site.mailbox.all(person.address)
    return waiting.pop()


_waiting: dict[Site, list[Guarded]] = {}


def _guarded(person: Person) -> Guarded:
    app = App(shown_key(person.visitor.get(APP)))
    answer = person.visitor.post(APP, {"code": app.code()})
    codes = shown_codes(person.visitor.follow(answer))
    assert len(codes) == 10, answer
    return Guarded(person.site, person.address, person.password, person.visitor, app, codes)


# Accounts' files

def account_file(site: Site, address: str) -> Path:
    """The file of the account at an address."""
    line = f"\nemail {address}\n"
    return next(path for path in (site.data / "accounts").glob("*/*/account") if line in path.read_text())


def edit_account(site: Site, address: str, pattern, replacement) -> None:
    """Changes lines of an account's file, as time or an operator might have."""
    file = account_file(site, address)
    text, count = re.subn(pattern, replacement, file.read_text())
    assert count, f"no {pattern} in {file}"
    # In one step, as the programs do: one of them may be reading it.
    new = file.with_name("account.new")
    new.write_text(text)
    new.chmod(0o600)
    new.replace(file)


def add_lines(site: Site, address: str, *lines: str) -> None:
    """Adds lines behind the epoch, where those of groups and factors stand."""
    edit_account(site, address, r"(?m)^(epoch .*)$", lambda line: "\n".join([line[1], *lines]))


def set_failures(person: Person, failures: int, seconds_ago: float = 0) -> None:
    """Lets an account have had so many wrong codes, the last of them some time ago."""
    file = account_file(person.site, person.address)
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - seconds_ago))
    lines = [line for line in file.read_text().splitlines(keepends=True) if not line.startswith("factor-failures ")]
    last = max(number for number, line in enumerate(lines) if line.startswith(("app ", "phone ", "recovery-code ")))
    lines.insert(last + 1, f"factor-failures {failures} {moment}\n")
    file.write_text("".join(lines))


# Text messages

_numbers = (f"+1212555{number:04}" for number in itertools.count(100))


def new_number() -> str:
    """A number that nobody has (and nobody will: 555-0100 and up)."""
    return next(_numbers)


@dataclass(frozen=True)
class Text:
    """A text message as it was delivered into the directory."""

    number: str
    words: str

    @property
    def code(self) -> str:
        return re.search(r"#(\d{6})\Z", self.words)[1]


class Phones:
    """Everybody's text messages. One is read once."""

    def __init__(self, site: Site):
        self._directory = site.data / "texts"
        self._waiting = site.data / "spool" / "texts"
        self._read: set[Path] = set()

    def next(self, number: str, within: float = 10) -> Text:
        """The oldest unread message to a number, waited for."""
        until = time.monotonic() + within
        while not (texts := self._unread(number)):
            assert time.monotonic() < until, f"no text message to {number}"
            time.sleep(0.02)
        path, text = texts[0]
        self._read.add(path)
        return text

    def all(self, number: str) -> list[Text]:
        """All unread messages to a number, once nothing waits to be sent any more."""
        until = time.monotonic() + 10
        while any(any((self._waiting / part).iterdir()) for part in ("new", "sending")):
            assert time.monotonic() < until, "there is a text message that is not sent"
            time.sleep(0.02)
        texts = self._unread(number)
        self._read |= {path for path, _ in texts}
        return [text for _, text in texts]

    def _unread(self, number: str) -> list[tuple[Path, Text]]:
        found = []
        for path in sorted(self._directory.glob("[!.]*")):
            head, _, words = path.read_text().partition("\n\n")
            if path not in self._read and head == f"To: {number}":
                found.append((path, Text(number, words)))
        return found


def ask_for_text(visitor: Visitor, number: str) -> Answer:
    """Asks for a code at the enrolment of a number."""
    return visitor.fill(PHONE, {"phone": number})


def enrol_phone(visitor: Visitor, phones: Phones, number: str) -> None:
    """Adds a phone, and leaves the browser before the page that comes then."""
    assert ask_for_text(visitor, number).status == 303
    visitor.get(PHONE)
    answer = visitor.post(PHONE, {"code": phones.next(number).code})
    assert answer.status == 303, answer.text


def person_with_phone(site: Site, phones: Phones) -> tuple[Person, str]:
    """Somebody whose second factor is a phone, and its number."""
    person, number = new_person(site), new_number()
    enrol_phone(person.visitor, phones, number)
    site.mailbox.all(person.address)
    return person, number
