"""A program that answers FastCGI records, started as process managers start it."""

import os
import socket
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .fastcgi import END_REQUEST, KEEP_CONNECTION, PARAMS, STDIN, STDOUT, begin, connect, pairs, stream

VARIABLES = {
    "REQUEST_METHOD": "GET", "SCRIPT_NAME": "/account/sign-in", "QUERY_STRING": "",
    "REMOTE_ADDR": "192.0.2.1",
}
FORM = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "application/x-www-form-urlencoded"}


def request(body: bytes = b"", keep: bool = False, id: int = 1, **variables: str) -> bytes:
    """A whole request; with a body it is a posted form, unless the variables say otherwise."""
    posted = {**FORM, "CONTENT_LENGTH": str(len(body))} if body else {}
    params = pairs(list({**VARIABLES, **posted, **variables}.items()))
    return begin(flags=KEEP_CONNECTION * keep, request=id) + stream(PARAMS, params, id) + stream(STDIN, body, id)


@dataclass
class Answer:
    """What came back for one request."""

    status: int | None
    text: str
    protocol_status: int | None

    def __getitem__(self, name: str) -> str:
        """The value of a line `name value` that `gateway-echo` wrote."""
        values = [line.split(" ", 1)[1] for line in self.text.splitlines() if line.startswith(name + " ")]
        assert len(values) == 1, f"{name} in {self.text!r}"
        return values[0]


class Connection:
    """A web server's connection to the program."""

    def __init__(self, path: Path, timeout: float = 20):
        self._socket = connect(path, timeout)

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_) -> None:
        self._socket.close()

    def send(self, data: bytes, end: bool = False) -> "Connection":
        """Sends records; a program that hung up before is seen when reading."""
        try:
            self._socket.sendall(data)
            if end:
                self._socket.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError, OSError):
            pass
        return self

    def receive(self) -> tuple[int, int, bytes] | None:
        """The next record's type, request id and content; nothing once the program has hung up."""
        header = self._exactly(8)
        if header is None:
            return None
        _, kind, id, size, padding = struct.unpack(">BBHHBx", header)
        content = self._exactly(size + padding)
        return (kind, id, content[:size])

    def answer(self) -> Answer:
        """What comes until the request is ended, or the connection."""
        output, protocol_status = b"", None
        while protocol_status is None and (received := self.receive()):
            kind, _, content = received
            if kind == STDOUT:
                output += content
            elif kind == END_REQUEST:
                protocol_status = content[4]
        head, _, body = output.partition(b"\r\n\r\n")
        status = int(head.split()[1]) if head.startswith(b"Status: ") else None
        return Answer(status, body.decode(), protocol_status)

    @property
    def is_closed(self) -> bool:
        """Whether the program hangs up without saying more."""
        return self.receive() is None

    def _exactly(self, count: int) -> bytes | None:
        data = b""
        while len(data) < count:
            try:
                part = self._socket.recv(count - len(data))
            except ConnectionResetError:
                part = b""
            if not part:
                return None
            data += part
        return data


class Program:
    """A FastCGI program with its listening socket at descriptor 0, as process managers start it."""

    def __init__(self, file: Path, directory: Path, arguments: list[str] = [], **variables: str):
        self.path = directory / "fastcgi.sock"
        self._command = [file, *arguments]
        self._environment = {**os.environ, **variables}
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.path))
        self._listener.listen(64)
        self.start()

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_) -> None:
        if self.is_running:
            self.process.kill()
        self.process.wait()
        self._listener.close()

    def start(self) -> None:
        self.process = subprocess.Popen(self._command, stdin=self._listener, env=self._environment)

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    @property
    def resident(self) -> int:
        """The memory that it holds, in bytes."""
        fields = Path(f"/proc/{self.process.pid}/statm").read_text().split()
        return int(fields[1]) * os.sysconf("SC_PAGESIZE")

    def connect(self, timeout: float = 20) -> Connection:
        return Connection(self.path, timeout)

    def ask(self, data: bytes, end: bool = False) -> Answer:
        """The answer to what is sent on a connection of its own."""
        with self.connect() as connection:
            return connection.send(data, end).answer()

    def terminate(self) -> int:
        """Has it end, as process managers do; the exit status."""
        self.process.terminate()
        return self.process.wait(20)
