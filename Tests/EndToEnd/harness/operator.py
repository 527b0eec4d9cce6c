"""An operator's terminal: a data directory, and `postern` run on it."""

import os
import secrets
import subprocess
import time
from pathlib import Path

from .site import ROOT, program


class Operator:
    """Somebody who runs `postern` with a data directory and a home of their own."""

    def __init__(self, directory: Path):
        self.data = directory / "data"
        self.home = directory / "home"
        self.home.mkdir()

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "POSTERN_DATA": str(self.data), "HOME": str(self.home)}

    @staticmethod
    def command(*arguments: str) -> list[str]:
        return [str(program("postern")), *arguments]

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        # There is no web server in front of this directory that the doctor could ask.
        offline = ["--offline"] if arguments == ("doctor",) else []
        return subprocess.run(
            self.command(*arguments, *offline), capture_output=True, text=True, timeout=60, env=self.environment)

    def start(self, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            self.command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment)

    def init(self, **settings: str) -> None:
        """Makes the data directory; `settings` take the place of lines of the configuration."""
        made = self.run(
            "init", str(self.data), "--url", "https://seeds.example", "--forms", str(ROOT / "forms.seg"),
            "--name", "Millbrook Seed Library", "--mail", "maildir")
        assert (made.returncode, made.stdout, made.stderr) == (0, "", ""), made.stderr
        for name, value in settings.items():
            self.configure(name, value)

    def configure(self, name: str, value: str) -> None:
        file = self.data / "postern.conf"
        kept = [line for line in file.read_text().splitlines() if line.partition(" ")[0] != name]
        file.write_text("\n".join([*kept, f"{name} {value}", ""]))

    def spool(self, recipient: str, message: str = "Subject: x\n\nx\n", sender: str = "security@seeds.example") -> str:
        """Puts a message into the spool, in the format that is written down in docs/mail.md."""
        return self._spool("spool", f"mail 1\nfrom {sender}\nto {recipient}\n", message)

    def spool_text(self, number: str, text: str, lifetime: int = 600) -> str:
        """Puts a text message into its spool, in the format that is written down in docs/texts.md."""
        return self._spool("spool/texts", f"text 1\nto {number}\nexpires {int(time.time()) + lifetime}\n", text)

    def _spool(self, spool: str, envelope: str, message: str) -> str:
        now = int(time.time())
        name = f"{now:010}-{secrets.token_hex(8)}"
        file = self.data / spool / "new" / name
        file.touch(0o600)
        file.write_text(f"{envelope}added {now}\nattempts 0\ndue {now}\nreason \n\n{message}")
        return name

    def spooled(self, state: str, spool: str = "spool") -> list[str]:
        return sorted(path.name for path in (self.data / spool / state).iterdir())

    def make_due(self, spool: str = "spool") -> None:
        """Lets every waiting message be tried at once."""
        for path in (self.data / spool / "new").iterdir():
            head, _, message = path.read_text().partition("\n\n")
            lines = ["due 0" if line.startswith("due ") else line for line in head.split("\n")]
            path.write_text("\n".join(lines) + "\n\n" + message)
