"""Plays page scripts, as Tests/Scripts/README.md describes them, through a real web server."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

from .mailbox import Message
from .site import Site
from .visitor import Answer, Visitor

VARIABLE = re.compile(r"\$([A-Za-z0-9-]+)")
DOMAIN = re.compile(r"example\.(?:net|org)", re.IGNORECASE)
METHOD = re.compile(r"^[A-Z]+$")


class ScriptError(AssertionError):
    """A line whose expectation was not met, or that is none."""

    def __init__(self, line: "Line", reason: str):
        super().__init__(f"{line.file.name}:{line.number}: {line.text}\n{reason}")


class ClockCannotMove(Exception):
    """A line that only the in-process runner can play."""


@dataclass(frozen=True)
class Line:
    """A statement, and where it stands."""

    file: Path
    number: int
    text: str


@dataclass
class Draft:
    """A request that is not sent yet."""

    line: Line
    method: str
    path: str
    form: str | None = None
    body: str | None = None
    headers: dict[str, str | None] = field(default_factory=dict)


def lines(file: Path):
    """The statements of a script, with those of the parts that it plays."""
    for number, text in enumerate(file.read_text().splitlines(), start=1):
        if not text.strip() or text.startswith("#"):
            continue
        if text.startswith("play "):
            parts = file.parent if file.parent.name == "parts" else file.parent / "parts"
            yield from lines(parts / f"{text.removeprefix('play ')}.txt")
        else:
            yield Line(file, number, text)


class ScriptPlayer:
    """Plays the lines of one script at a site that has no accounts yet.

    With a subdomain, addresses at example.org and example.net are at theirs of that name, and the site may have accounts at
    others.
    """

    def __init__(self, site: Site, subdomain: str = ""):
        self.site = site
        self.domain = f"{subdomain}." if subdomain else ""
        self.browsers: dict[str, Visitor] = {}
        self.browser = self._browser("one")
        self.values: dict[str, str] = {}
        self.kept: dict[str, Answer] = {}
        self.draft: Draft | None = None
        self.path = "/"
        self.last: Answer | None = None
        self.message: Message | None = None

    def play(self, script: Path) -> None:
        for line in lines(script):
            self._play(replace(line, text=DOMAIN.sub(rf"{self.domain}\g<0>", line.text)))
        self._send()

    def _play(self, line: Line) -> None:
        statement, _, rest = line.text.partition(" ")
        if METHOD.match(statement):
            self._send()
            self.draft = Draft(line, statement, self._filled(line, rest))
            return
        if statement == "follow":
            self.draft = Draft(line, "GET", self._answer(line).location or "")
            return
        for words, play in self._STATEMENTS.items():
            if line.text == words or line.text.startswith(words + " "):
                self._send()
                rest = line.text[len(words) + 1:]
                play(self, line, rest if words in self._KEEPING else self._filled(line, rest))
                return
        if statement in self._REQUEST:
            if self.draft is None:
                raise ScriptError(line, "no request begins before this line")
            self._REQUEST[statement](self, line, rest)
            return
        raise ScriptError(line, "there is no such statement")

    # Values

    def _filled(self, line: Line, text: str, encode=lambda value: value) -> str:
        def value(match: re.Match) -> str:
            if match[1] not in self.values:
                raise ScriptError(line, f"${match[1]} was never kept")
            return encode(self.values[match[1]])
        return VARIABLE.sub(value, text)

    def _set(self, line: Line, variable: str, value: str | None) -> None:
        if not variable.startswith("$"):
            raise ScriptError(line, "a name of a value begins with $")
        if value is None:
            raise ScriptError(line, "there is no such value")
        self.values[variable[1:]] = value

    def _browser(self, name: str) -> Visitor:
        if name not in self.browsers:
            self.browsers[name] = self.site.visitor()
        return self.browsers[name]

    # Requests

    def _form(self, line: Line, rest: str) -> None:
        self.draft.form = self._filled(line, rest, quote_plus)

    def _body(self, line: Line, rest: str) -> None:
        self.draft.body = self._filled(line, rest)

    def _header(self, line: Line, rest: str) -> None:
        name, _, value = rest.partition(": ")
        self.draft.headers[name] = self._filled(line, value)

    def _without(self, line: Line, rest: str) -> None:
        self.draft.headers[rest] = None

    _REQUEST = {"form": _form, "body": _body, "send": _header, "without": _without}

    def _send(self) -> None:
        draft, self.draft = self.draft, None
        if draft is None:
            return
        self.path = draft.path
        self.last = self.browser.request(draft.method, draft.path, self._encoded(draft), draft.headers)

    def _encoded(self, draft: Draft) -> bytes | None:
        if draft.body is not None:
            return draft.body.encode()
        if draft.form is None and draft.method != "POST":
            return None
        own = [pair for pair in (draft.form or "").split("&") if pair]
        names = {pair.partition("=")[0] for pair in own}
        hidden = [
            f"{quote_plus(name)}={quote_plus(value)}"
            for name, value in self.browser.remembered.get(urlsplit(draft.path).path, [])
            if quote_plus(name) not in names
        ]
        return "&".join(hidden + own).encode()

    def _answer(self, line: Line) -> Answer:
        self._send()
        if self.last is None:
            raise ScriptError(line, "nothing was asked yet")
        return self.last

    # Expectations and what else there is

    def _expect(self, line: Line, is_so: bool, instead: object) -> None:
        if not is_so:
            raise ScriptError(line, f"instead there is: {instead}")

    def _change_browser(self, line: Line, name: str) -> None:
        self.browser = self._browser(name)

    def _advance(self, line: Line, _: str) -> None:
        raise ClockCannotMove(f"{line.file.name}:{line.number}: the clock of a web server cannot be moved")

    def _status(self, line: Line, status: str) -> None:
        answer = self._answer(line)
        self._expect(line, answer.status == int(status), f"{answer.status}\n{answer.text}")

    def _location(self, line: Line, path: str) -> None:
        self._expect(line, self._answer(line).location == path, self._answer(line).location)

    def _has_header(self, line: Line, text: str) -> None:
        answer = self._answer(line)
        if match := re.fullmatch(r"([^: ]+) contains (.*)", text):
            values = answer.all(match[1])
            self._expect(line, any(match[2] in value for value in values), values)
        else:
            name, _, value = text.partition(": ")
            self._expect(line, value in answer.all(name), answer.all(name))

    def _no_header(self, line: Line, name: str) -> None:
        self._expect(line, not self._answer(line).all(name), self._answer(line).all(name))

    def _body_contains(self, line: Line, text: str) -> None:
        self._expect(line, text.encode() in self._answer(line).body, self._answer(line).text)

    def _body_lacks(self, line: Line, text: str) -> None:
        self._expect(line, text.encode() not in self._answer(line).body, self._answer(line).text)

    def _title(self, line: Line, text: str) -> None:
        title = self._answer(line).page.title
        self._expect(line, title.startswith(text), title)

    def _problem(self, line: Line, problem: str) -> None:
        problems = self._answer(line).page.problems
        self._expect(line, problem in problems, problems)

    def _no_problem(self, line: Line, _: str) -> None:
        page = self._answer(line).page
        self._expect(line, not page.has_alert, page.problems)

    def _same_answer(self, line: Line, name: str) -> None:
        kept, answer = comparable(self.kept[name]), comparable(self._answer(line))
        self._expect(line, kept == answer, f"{answer}\nand not {kept}")

    def _keep(self, line: Line, name: str) -> None:
        self.kept[name] = self._answer(line)

    def _mail(self, line: Line, address: str) -> None:
        self.message = self.site.mailbox.next(address)
        others = self.site.mailbox.all(address)
        self._expect(line, not others, f"more than one message: {[m.subject for m in others]}")

    def _no_mail(self, line: Line, address: str) -> None:
        messages = self.site.mailbox.all(address)
        self._expect(line, not messages, [message.subject for message in messages])

    def _subject(self, line: Line, text: str) -> None:
        self._expect(line, text in self._read(line).subject, self._read(line).subject)

    def _mail_contains(self, line: Line, text: str) -> None:
        self._expect(line, text in self._read(line).text, self._read(line).text)

    def _mail_lacks(self, line: Line, text: str) -> None:
        self._expect(line, text not in self._read(line).text, self._read(line).text)

    def _read(self, line: Line) -> Message:
        if self.message is None:
            raise ScriptError(line, "no message was read yet")
        return self.message

    def _link(self, line: Line, variable: str) -> None:
        message = self._read(line)
        self._expect(line, message.url.startswith(self.site.address + "/"), message.url)
        self._set(line, variable, message.link)

    def _code(self, line: Line, variable: str) -> None:
        self._set(line, variable, self._read(line).code)

    def _field(self, line: Line, rest: str) -> None:
        name, _, variable = rest.partition(" ")
        self._set(line, variable, self._answer(line).page.value(name))

    def _cookie(self, line: Line, rest: str) -> None:
        name, _, variable = rest.partition(" ")
        self._set(line, variable, self.browser.cookies.get(name))

    _STATEMENTS = {
        "browser": _change_browser, "advance": _advance, "status": _status, "location": _location,
        "header": _has_header, "no header": _no_header, "body contains": _body_contains,
        "body lacks": _body_lacks, "title begins": _title, "problem": _problem, "no problem": _no_problem,
        "same answer as": _same_answer, "keep": _keep, "mail to": _mail, "no mail to": _no_mail,
        "subject contains": _subject, "mail contains": _mail_contains, "mail lacks": _mail_lacks,
        "link": _link, "code": _code, "field": _field, "cookie": _cookie,
    }
    # Of these, the name of a value is not to be filled in.
    _KEEPING = {"link", "code", "field", "cookie"}


HIDDEN = re.compile(rb'(<input type="hidden"[^>]* value=")[^"]*')
PASSPHRASE = re.compile(rb"<code>[^<]*</code>")
ADDRESS = re.compile(rb"[^\s<>\"'=&;]+@[^\s<>\"'=&;]+")


def comparable(answer: Answer) -> tuple[int, list[tuple[str, str]], bytes]:
    """An answer without what differs between two equal ones: hidden values, ready-made passwords, addresses, the date."""
    headers = [
        (name, "" if name in ("Date", "Set-Cookie") else value)
        for name, value in answer.headers
        # Apache sends what a program writes in one piece or in several, by how fast it comes.
        if name not in ("Content-Length", "Transfer-Encoding")
    ]
    body = PASSPHRASE.sub(b"", HIDDEN.sub(rb"\1", answer.body))
    return answer.status, headers, ADDRESS.sub(b"@", body)
