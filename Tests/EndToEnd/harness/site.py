"""A running site, started as `make demo` starts it."""

import itertools
import os
import socket
import subprocess
from pathlib import Path

from .mailbox import Mailbox
from .visitor import Visitor, exchange

ROOT = Path(__file__).resolve().parents[3]


def program(name: str) -> Path:
    """The file of a program, in the directory `PROGRAMS` or where `scripts/build` left it."""
    return Path(os.environ.get("PROGRAMS", ROOT / ".build" / "release")) / name


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# Most tests are not about the cost of a hash, and make many.
QUICK = {"scrypt": "ln=10,r=8,p=1"}


# The web servers for which `hosting/` has a configuration.
SERVERS = ["nginx", "apache", "apache-fcgid", "cgi", "lighttpd", "caddy"]


class Site:
    """A web server, `account` and the delivery of mail, for one data directory.

    Its settings are those of `postern init`, but for passwords that are quick to hash.
    """

    def __init__(self, directory: Path, settings: dict[str, str] = QUICK, workers: int = 2, server: str = "nginx",
                 programs: Path | None = None):
        self.server = server
        self.programs = programs or program("")
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.data = directory / "data"
        self.run = directory / "run"
        self.mailbox = Mailbox(self.data)
        self.workers = workers
        self._networks = (f"127.1.{high}.{low}" for high in range(256) for low in range(1, 255))
        self._names = itertools.count(1)
        self._process: subprocess.Popen | None = None
        if settings:
            self._init()
            self.configure(settings)

    def __enter__(self) -> "Site":
        self.start()
        return self

    def __exit__(self, *_) -> None:
        self.stop()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [ROOT / "scripts" / "serve"], stdout=subprocess.PIPE, text=True,
            env={**os.environ, "SERVER": self.server, "PORT": str(self.port), "DATA": str(self.data),
                 "RUN": str(self.run), "PROGRAMS": str(self.programs), "WORKERS": str(self.workers)})
        for line in self._process.stdout:
            if line == f"ready {self.address}\n":
                return
        raise AssertionError(f"the site did not start: exit status {self._process.wait()}")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)

    def visitor(self, user_agent: str = "Page script") -> Visitor:
        """A new visitor, from a network that nobody else comes from."""
        return Visitor(self.port, next(self._networks), user_agent)

    def new_address(self) -> str:
        """A mail address that nobody has yet."""
        return f"person{next(self._names)}@example.org"

    def exchange(self, request: bytes) -> bytes:
        """Sends bytes to the web server as they are, from a new network."""
        return exchange(self.port, request, next(self._networks))

    def operator(self, *arguments: str) -> subprocess.CompletedProcess:
        """Runs `postern` on the data directory."""
        return subprocess.run(
            [program("postern"), *arguments], capture_output=True, text=True, timeout=60,
            env={**os.environ, "POSTERN_DATA": str(self.data)})

    @property
    def socket(self) -> Path:
        """The FastCGI socket of `account`."""
        return self.run / "account.sock"

    def configure(self, settings: dict[str, str]) -> None:
        """Puts lines of the configuration into the place of others of these names; they count from the next request on."""
        file = self.data / "postern.conf"
        kept = [line for line in file.read_text().splitlines() if line.partition(" ")[0] not in settings]
        file.write_text("\n".join([*kept, *(f"{name} {value}" for name, value in settings.items()), ""]))

    def _init(self) -> None:
        """Makes the data directory."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        made = self.operator(
            "init", str(self.data), "--url", self.address, "--forms", str(ROOT / "forms.seg"),
            "--name", "Millbrook Seed Library", "--mail", "maildir", "--texts", "folder")
        assert made.returncode == 0, made.stderr

    @property
    def log(self) -> str:
        """What `account` wrote of every authentication."""
        log = self.data / "log"
        return log.read_text() if log.exists() else ""

    @property
    def statistics(self) -> list[str]:
        """The lines about passwords that were judged."""
        return (self.data / "statistics").read_text().splitlines()

    @property
    def access_log(self) -> str:
        return (self.run / "access.log").read_text()
