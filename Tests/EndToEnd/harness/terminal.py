"""A terminal, and a program on it."""

import os
import pty
import select
import termios
import time


class Terminal:
    """A program on a terminal of its own."""

    def __init__(self, *command: str):
        self.process_id, self.descriptor = pty.fork()
        if self.process_id == 0:
            os.execvp(command[0], command)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_) -> None:
        os.close(self.descriptor)

    def until(self, text: bytes) -> bytes:
        """What is on the screen once `text` is."""
        seen = b""
        end = time.monotonic() + 10
        while text not in seen and select.select([self.descriptor], [], [], max(0, end - time.monotonic()))[0]:
            seen += os.read(self.descriptor, 4096)
        assert text in seen, seen
        return seen

    def type(self, text: bytes) -> None:
        os.write(self.descriptor, text)

    @property
    def shows_what_is_typed(self) -> bool:
        return bool(termios.tcgetattr(self.descriptor)[3] & termios.ECHO)

    def ended(self) -> int:
        """The exit code, or the negative number of the signal that ended it."""
        return os.waitstatus_to_exitcode(os.waitpid(self.process_id, 0)[1])
