"""TLS in front of a site, for browsers that give no secure cookie to http://localhost."""

import socket
import ssl
import threading
from pathlib import Path

from .certificates import make_certificates
from .site import Site


class TLSFront:
    """A port that speaks TLS, and hands on to the site what it hears."""

    def __init__(self, site: Site, directory: Path):
        certificates = make_certificates(directory / "certificates")
        self.authority = certificates / "ca.pem"
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._context.load_cert_chain(certificates / "server.pem", certificates / "key.pem")
        self._site = site
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"https://localhost:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> "TLSFront":
        return self

    def __exit__(self, *_) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        """Hands on one request after another, until the browser hangs up."""
        with connection, self._context.wrap_socket(connection, server_side=True) as client, \
                socket.create_connection(("127.0.0.1", self._site.port)) as server:
            back = threading.Thread(target=copy, args=[server, client], daemon=True)
            back.start()
            copy(client, server)
            back.join()


def copy(source: socket.socket, sink: socket.socket) -> None:
    try:
        while part := source.recv(65536):
            sink.sendall(part)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass
