"""`account` as plain CGI: a process for each request, without a web server in front of it."""

import os
import resource
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from .site import program
from .visitor import Answer, Visitor


class CGIVisitor(Visitor):
    """Somebody whose every request is answered by a process of its own.

    `prefix` is a command that runs the program, such as strace; `page_faults` is how many the last request took.
    """

    def __init__(self, data: Path, address: str, network: str = "192.0.2.1", prefix: tuple = ()):
        super().__init__(urlsplit(address).port, network)
        self.origin = address
        self.prefix = prefix
        self._data = data
        self.page_faults = 0

    def _exchange(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        target = urlsplit(path)
        variables = {
            "GATEWAY_INTERFACE": "CGI/1.1", "SERVER_PROTOCOL": "HTTP/1.1", "REQUEST_METHOD": method,
            "SCRIPT_NAME": "/account", "PATH_INFO": target.path.removeprefix("/account"), "QUERY_STRING": target.query,
            "REMOTE_ADDR": self.network, "POSTERN_DATA": str(self._data)}
        for name, value in headers.items():
            name = name.replace("-", "_").upper()
            variables[name if name.startswith("CONTENT_") else f"HTTP_{name}"] = value
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        ended = subprocess.run(
            [*self.prefix, program("account")], input=body or b"", capture_output=True, timeout=60,
            env={"PATH": os.environ["PATH"], **variables})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert (ended.returncode, ended.stderr) == (0, b""), ended.stderr
        self.page_faults = after.ru_minflt + after.ru_majflt - before.ru_minflt - before.ru_majflt
        head, _, body = ended.stdout.partition(b"\r\n\r\n")
        fields = [tuple(line.split(": ", 1)) for line in head.decode("latin-1").split("\r\n")]
        status = next((int(value[:3]) for name, value in fields if name == "Status"), 200)
        return Answer(status, fields, body)
