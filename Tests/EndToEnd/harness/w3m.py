"""w3m, a browser for text terminals, and somebody who types."""

import fcntl
import os
import select
import signal
import struct
import termios
import time
from pathlib import Path

import pyte

from .terminal import Terminal

ROWS, COLUMNS = 60, 100


class W3M(Terminal):
    """w3m on a terminal of its own, at a page."""

    def __init__(self, address: str, authority: Path, home: Path):
        super().__init__(
            "env", f"HOME={home}", "TERM=vt100", "LANG=C.UTF-8", "w3m", "-cookie", "-no-mouse", "-o", "confirm_qq=0",
            "-o", "ssl_verify_server=1", "-o", f"ssl_ca_file={authority}", address)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)

    def __exit__(self, *_) -> None:
        os.kill(self.process_id, signal.SIGKILL)
        self.ended()
        super().__exit__()

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def shows(self, text: str) -> str:
        """What is on the screen once `text` is."""
        end = time.monotonic() + 10
        while text not in self.text and time.monotonic() < end:
            self._look(0.2)
        assert text in self.text, self.text
        return self.text

    def _look(self, seconds: float) -> None:
        """Takes in what comes, until nothing has come for a moment."""
        while select.select([self.descriptor], [], [], seconds)[0]:
            self._stream.feed(os.read(self.descriptor, 65536))
            seconds = 0.05

    def _find(self, text: str) -> None:
        """Puts the cursor at the first place of a text, from the top of the page."""
        self.type(b"g/" + text.encode() + b"\r")
        self._look(0.1)

    def fill(self, label: str, value: str) -> None:
        """Types into the field behind its label."""
        self._find(label)
        self.type(b"\t\r")
        self._look(0.1)
        self.type(value.encode() + b"\r")
        self._look(0.1)

    def press(self, button: str) -> None:
        """Presses a button or follows a link."""
        self._find(button)
        self.type(b"\r")

    def press_next(self) -> None:
        """Presses what stands behind the cursor, which is at the field that was filled in last."""
        self.type(b"\t\r")
