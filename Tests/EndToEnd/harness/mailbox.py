"""The Maildir into which a running site delivers."""

import email
import email.policy
import re
import time
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

LINK = re.compile(r"https?://[^\s<>\"]+")
CODE = re.compile(r"^[ \t]*([A-Z0-9](?:[A-Z0-9 -]*[A-Z0-9])?)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Message:
    """A message as it was delivered."""

    source: bytes
    parsed: EmailMessage

    @property
    def to(self) -> str:
        return self.parsed["To"].addresses[0].addr_spec

    @property
    def subject(self) -> str:
        return self.parsed["Subject"]

    @property
    def text(self) -> str:
        return self.parsed.get_body(("plain",)).get_content()

    @property
    def html(self) -> str:
        return self.parsed.get_body(("html",)).get_content()

    @property
    def links(self) -> list[str]:
        return LINK.findall(self.text)

    @property
    def url(self) -> str:
        """The link to a page of the account."""
        return next(link for link in self.links if urlsplit(link).path.startswith("/account/"))

    @property
    def link(self) -> str:
        """The same without scheme and host."""
        parts = urlsplit(self.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def code(self) -> str:
        return next(code for code in CODE.findall(self.text) if len(re.sub("[ -]", "", code)) >= 6)


class Mailbox:
    """Everybody's mail: one file for each message. A message is read once."""

    def __init__(self, data: Path):
        self._new = data / "mail" / "new"
        self._waiting = [data / "spool" / "new", data / "spool" / "sending"]
        self._read: set[Path] = set()

    def next(self, address: str, within: float = 10) -> Message:
        """The oldest unread message to an address, waited for."""
        until = time.monotonic() + within
        while not (messages := self.unread(address)):
            if time.monotonic() > until:
                raise AssertionError(f"no mail to {address}; unread is mail to {self._strangers()}")
            time.sleep(0.02)
        path, message = messages[0]
        self._read.add(path)
        return message

    def all(self, address: str) -> list[Message]:
        """All unread messages to an address, once nothing waits to be delivered any more."""
        self.settle()
        messages = self.unread(address)
        self._read |= {path for path, _ in messages}
        return [message for _, message in messages]

    def settle(self, within: float = 10) -> None:
        """Waits until the spool is empty."""
        until = time.monotonic() + within
        while any(any(part.iterdir()) for part in self._waiting):
            if time.monotonic() > until:
                raise AssertionError("there is mail that is not delivered")
            time.sleep(0.02)

    def unread(self, address: str) -> list[tuple[Path, Message]]:
        return [(path, message) for path, message in self.messages() if message.to == address]

    def messages(self) -> list[tuple[Path, Message]]:
        """What is unread, with its files, the oldest first."""
        paths = sorted(self._new.glob("[!.]*"), key=lambda path: (path.stat().st_mtime_ns, path.name))
        return [(path, self._message(path)) for path in paths if path not in self._read]

    def _message(self, path: Path) -> Message:
        source = path.read_bytes()
        return Message(source, email.message_from_bytes(source, policy=email.policy.default))

    def _strangers(self) -> list[str]:
        return [message.to for _, message in self.messages()]
