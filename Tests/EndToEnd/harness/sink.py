"""A mail server on loopback that keeps what it is given, and the mail program that hands it over."""

import threading
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.controller import Controller

from .site import free_port

MSMTP = "/usr/bin/msmtp"


@dataclass(frozen=True)
class Received:
    """One message as it came over SMTP."""

    sender: str
    recipients: list[str]
    content: bytes


class Sink:
    """The server; `refusing` is the answer to each recipient's address, if it is not to be taken."""

    def __init__(self):
        self.received: list[Received] = []
        self.refusing: dict[str, str] = {}
        self.port = free_port()
        self._lock = threading.Lock()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> "Sink":
        self._controller.start()
        return self

    def __exit__(self, *_) -> None:
        self._controller.stop()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refusing:
            return self.refusing[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        with self._lock:
            self.received.append(Received(envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"

    def configure(self, home: Path) -> None:
        """Lets msmtp, run with this home directory, hand everything to the server."""
        file = home / ".msmtprc"
        file.write_text(f"account default\nhost 127.0.0.1\nport {self.port}\ntls off\nauth off\n")
        file.chmod(0o600)
