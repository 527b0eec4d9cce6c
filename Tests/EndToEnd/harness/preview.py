"""`postern preview`, and what it shows."""

import http.client
import os
import subprocess
from pathlib import Path

from .site import ROOT, program


class Preview:
    """A preview of a site, until the end of the `with` block."""

    def __init__(self, site: Path = ROOT / "site", **environment: str):
        self._process = subprocess.Popen(
            [program("postern"), "preview", site, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, env={**os.environ, **environment})
        ready = self._process.stdout.readline()
        assert ready.startswith("ready http://localhost:") and ready.endswith("/preview/\n"), ready
        self.address = ready.split()[1].removesuffix("/preview/")
        self.port = int(self.address.rpartition(":")[2])
        self.terminal = self._process.stderr

    def __enter__(self) -> "Preview":
        return self

    def __exit__(self, *_) -> None:
        self._process.terminate()
        self.end_status = self._process.wait(20)

    def ask(self, path: str, method: str = "GET", **options) -> http.client.HTTPResponse:
        """An answer, whose `content` is its body."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=10)
        connection.request(method, path, **options)
        answer = connection.getresponse()
        answer.content = answer.read()
        connection.close()
        return answer

    def get(self, path: str) -> bytes:
        """The body of a page that is there."""
        answer = self.ask(path)
        assert answer.status == 200, path
        return answer.content


def listed(site: Path = ROOT / "site") -> list[str]:
    """The paths of everything that there is to see."""
    return subprocess.run(
        [program("postern"), "preview", site, "--list"], capture_output=True, text=True, check=True).stdout.split()
