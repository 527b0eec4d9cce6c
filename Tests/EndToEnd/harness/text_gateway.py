"""A service that takes text messages over TLS on loopback, and keeps what it was asked."""

import ssl
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from .certificates import make_certificates


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: str


class TextGateway:
    """The server. It answers with the next of `statuses`, the last of which goes on, after `delay` seconds."""

    def __init__(self, directory: Path, certificate: str = "server"):
        certificates = make_certificates(directory / "certificates")
        self.ca = certificates / "ca.pem"
        self.asked: list[Asked] = []
        self.statuses = [201]
        self.location: str | None = None
        self.delay = 0.0
        # More than two promises what does not come.
        self.promised = 2
        # A test that a request comes must not wait for its end.
        self.began = threading.Event()
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length).decode()
                gateway.asked.append(Asked(self.command, self.path, dict(self.headers), body))
                gateway.began.set()
                time.sleep(gateway.delay)
                status = gateway.statuses.pop(0) if len(gateway.statuses) > 1 else gateway.statuses[0]
                self.send_response(status)
                if gateway.location:
                    self.send_header("Location", gateway.location)
                self.send_header("Content-Length", str(gateway.promised))
                self.end_headers()
                self.wfile.write(b"{}")
                self.close_connection = True

            do_GET = do_POST = do_PUT = handle_any

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_):
                # Whoever asks may go at any time.
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificates / f"{certificate}.pem", certificates / "key.pem")
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_port
        self.address = f"https://localhost:{self.port}"

    def __enter__(self) -> "TextGateway":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._server.shutdown()
        self._server.server_close()
