"""A service that knows breached passwords by ranges of their hashes, over TLS on loopback.

    with RangeServer(tmp_path) as server:
        server.know("password", 3912)
        server.behave("slow")

`server.address` is what is asked, and `server.ca` the certificate of the authority that vouches for it.
"""

import hashlib
import secrets
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from .certificates import make_certificates

# How many lines a range has besides those that are known.
FILLING = 40
# How many lines of padding are added, where they are asked for.
PADDING = 60

CERTIFICATES = {"untrusted", "expired", "wrong-host"}
STATUSES = {
    "404": "Not Found", "429": "Too Many Requests", "500": "Internal Server Error", "503": "Service Unavailable"}
# What `account` says of each behaviour that is no answer.
TROUBLES = {
    "empty": "the answer is no range of hashes",
    "html": "the answer is no range of hashes",
    "half-a-line": "the answer is no range of hashes",
    "cut-off": "the answer was cut off",
    "torn": "the answer was cut off",
    "torn-without-length": "the answer was cut off",
    "big": "the answer is too long",
    "endless": "the answer is too long",
    "endless-head": "the answer is malformed",
    "silent": "no answer in time",
    "slow": "no answer in time",
    "trickle": "no answer in time",
    "trickle-head": "no answer in time",
    "404": "the answer has status 404",
    "429": "the answer has status 429",
    "500": "the answer has status 500",
    "503": "the answer has status 503",
    "redirect": "the answer has status 302",
    "no-tls": "no TLS: wrong version number",
    "untrusted": "the certificate is not trusted: unable to get local issuer certificate",
    "expired": "the certificate is not trusted: certificate has expired",
    "wrong-host": "the certificate is not trusted: hostname mismatch",
}
BEHAVIOURS = TROUBLES.keys() | {"right", "unpadded", "slow-but-right"}


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    text: bytes

    @property
    def line(self) -> str:
        return self.text.split(b"\r\n")[0].decode()

    @property
    def path(self) -> str:
        return self.line.split(" ")[1]

    @property
    def prefix(self) -> str:
        return self.path.partition("?")[0].rpartition("/")[2]

    @property
    def headers(self) -> dict[str, str]:
        lines = self.text.split(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
        return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}


class RangeServer:
    """The server, which answers as it should until it is told to behave otherwise."""

    def __init__(self, directory: Path):
        self.asked: list[Asked] = []
        self.connections = 0
        self.retry_after: str | None = None
        self._known: dict[str, dict[str, int]] = {}
        self._behaviours: list[str] = []
        self._behaviour = "right"
        self._lock = threading.Lock()
        self._certificates = make_certificates(directory / "certificates")
        self.ca = self._certificates / "ca.pem"
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._listener.getsockname()[1]
        self.address = f"https://localhost:{self.port}/range/"
        self._ending = threading.Event()

    def __enter__(self) -> "RangeServer":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._ending.set()
        # Closing alone does not wake who waits in accept().
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def know(self, password: str, count: int) -> None:
        """Puts a password into the list, seen that many times."""
        digest = hashlib.sha1(password.encode()).hexdigest().upper()
        self._known.setdefault(digest[:5], {})[digest[5:]] = count

    def behave(self, behaviour: str, times: int | None = None, retry_after: str | None = None) -> None:
        """Answers in a certain way from now on, or that many times."""
        assert behaviour in BEHAVIOURS, behaviour
        with self._lock:
            self.retry_after = retry_after
            if times is None:
                self._behaviour, self._behaviours = behaviour, []
            else:
                self._behaviours = [behaviour] * times

    def lines(self, prefix: str, digits: int = 35) -> list[str]:
        """The lines of a range without padding."""
        filling = {
            hashlib.sha512(f"{prefix} {number}".encode()).hexdigest()[:digits].upper(): number
            for number in range(1, FILLING + 1)}
        known = self._known.get(prefix, {}) if digits == 35 else {}
        return [f"{suffix}:{count}" for suffix, count in sorted({**filling, **known}.items())]

    # What follows runs on threads of its own.

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with self._lock:
            self.connections += 1
            behaviour = (self._behaviours or [self._behaviour])[0]
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            with connection:
                if behaviour == "silent":
                    self._ending.wait(20)
                elif behaviour == "no-tls":
                    connection.sendall(b"220 this is not what you are looking for\r\n")
                else:
                    self._serve_tls(connection, behaviour if behaviour in CERTIFICATES else "server")
        except OSError:
            # Whoever asks may go at any time.
            pass

    def _serve_tls(self, connection: socket.socket, certificate: str) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._certificates / f"{certificate}.pem", self._certificates / "key.pem")
        stream = context.wrap_socket(connection, server_side=True)
        while (text := read_head(stream)) is not None:
            asked = Asked(text)
            with self._lock:
                self.asked.append(asked)
                behaviour = self._behaviours.pop() if self._behaviours else self._behaviour
            if not self._answer(stream, asked, behaviour):
                return

    def _answer(self, stream: ssl.SSLSocket, asked: Asked, behaviour: str) -> bool:
        """Answers, and says whether another request may come."""
        body = self._body(asked, behaviour != "unpadded")
        if behaviour == "slow-but-right":
            time.sleep(0.2)
        match behaviour:
            case "empty":
                stream.sendall(head("200 OK", 0))
            case "html":
                page = b"<!doctype html>\n<title>Sign in to this network</title>\n"
                stream.sendall(head("200 OK", len(page), "Content-Type: text/html") + page)
            case "redirect":
                stream.sendall(head("302 Found", 0, f"Location: {self.address}{asked.prefix}"))
            case "half-a-line":
                # Whole, as far as HTTP can see.
                half = body[:-20]
                stream.sendall(head("200 OK", len(half)) + half)
            case "big":
                stream.sendall(head("200 OK", 50 << 20))
                self._send_much(stream, 50 << 20)
            case "endless":
                stream.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
                self._send_much(stream, 1 << 40)
            case "endless-head":
                stream.sendall(b"HTTP/1.1 200 OK\r\n")
                while not self._ending.is_set():
                    stream.sendall(b"Filler: 0123456789\r\n" * 500)
            case "slow":
                self._ending.wait(20)
            case "trickle":
                self._trickle(stream, head("200 OK", len(body)), body)
            case "trickle-head":
                self._trickle(stream, b"", head("200 OK", len(body)) + body)
            case "cut-off":
                stream.sendall(head("200 OK", len(body)) + body[:300])
            case "torn":
                stream.sendall(head("200 OK", len(body)) + body[:300])
                return False
            case "torn-without-length":
                # Cut between two lines, so that only TLS can tell.
                stream.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + body[:body.rindex(b"\r\n")])
                return False
            case status if status in STATUSES:
                wait = [f"Retry-After: {self.retry_after}"] if self.retry_after else []
                stream.sendall(head(f"{status} {STATUSES[status]}", 0, *wait))
            case _:
                stays = asked.line.endswith("HTTP/1.1")
                tag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
                if asked.headers.get("if-none-match") == tag:
                    stream.sendall(head("304 Not Modified", 0, f"ETag: {tag}", stays=stays))
                else:
                    stream.sendall(head("200 OK", len(body), f"ETag: {tag}", stays=stays) + body)
                if stays:
                    return True
        # Says that nothing more comes, without which the connection is torn.
        stream.unwrap()
        return False

    def _body(self, asked: Asked, pads: bool) -> bytes:
        digits = 27 if asked.path.endswith("?mode=ntlm") else 35
        lines = self.lines(asked.prefix, digits)
        if pads and asked.headers.get("add-padding") == "true":
            lines += [f"{secrets.token_hex(18)[:digits].upper()}:0" for _ in range(PADDING)]
        return "\r\n".join(sorted(lines)).encode()

    def _send_much(self, stream: ssl.SSLSocket, count: int) -> None:
        line = b"0018A45C4D1DEF81644B54AB7F969B88D65:10\r\n"
        while count > 0 and not self._ending.is_set():
            stream.sendall(line * 1000)
            count -= 1000 * len(line)

    def _trickle(self, stream: ssl.SSLSocket, first: bytes, rest: bytes) -> None:
        stream.sendall(first)
        for byte in rest:
            stream.sendall(bytes([byte]))
            if self._ending.wait(0.02):
                return


def head(status: str, length: int, *headers: str, stays: bool = False) -> bytes:
    """The head of an answer, after which the connection stays open or not."""
    connection = "Connection: " + ("keep-alive" if stays else "close")
    return "\r\n".join(
        [f"HTTP/1.1 {status}", f"Content-Length: {length}", connection, *headers, "", ""]).encode()


def read_head(stream: ssl.SSLSocket) -> bytes | None:
    """The next request, which has no body; nothing once the other side has gone."""
    text = b""
    while b"\r\n\r\n" not in text:
        if not (part := stream.recv(4096)):
            return None
        text += part
    return text
