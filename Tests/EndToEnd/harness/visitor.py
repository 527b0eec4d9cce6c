"""A client which behaves as a browser does: it keeps cookies, and sends a form's hidden fields back."""

import http.client
import socket
from dataclasses import dataclass
from functools import cached_property
from http.cookies import SimpleCookie
from urllib.parse import quote_plus, urljoin, urlsplit

from .page import Page

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        """The value of the first header of a name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def all(self, name: str) -> list[str]:
        """The values of all headers of a name."""
        return [value for key, value in self.headers if key.lower() == name.lower()]

    @property
    def text(self) -> str:
        return self.body.decode()

    @cached_property
    def page(self) -> Page:
        return Page(self.text)

    @property
    def location(self) -> str | None:
        """Where the answer leads, as a path."""
        location = self.header("Location")
        if location is None or location.startswith("//") or location.startswith("\\"):
            return location
        parts = urlsplit(location)
        if parts.hostname not in (None, "localhost"):
            return location
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def is_html(self) -> bool:
        return (self.header("Content-Type") or "").startswith("text/html")


def urlencoded(fields: dict[str, str] | list[tuple[str, str]]) -> str:
    """The body of a form."""
    pairs = fields.items() if isinstance(fields, dict) else fields
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs)


class Visitor:
    """Somebody with a browser, at a network address of their own."""

    def __init__(self, port: int, network: str, user_agent: str = "Page script"):
        self.port = port
        self.network = network
        self.origin = f"http://localhost:{port}"
        self.user_agent = user_agent
        self.cookies: dict[str, str] = {}
        self.remembered: dict[str, list[tuple[str, str]]] = {}

    def get(self, path: str, **headers: str | None) -> Answer:
        return self.request("GET", path, headers=headers)

    def post(
        self, path: str, fields: dict[str, str] | None = None, *, remembering: bool = True,
        headers: dict[str, str | None] | None = None,
    ) -> Answer:
        """Sends a form, with the hidden fields that were last seen for its path before the others."""
        fields = fields or {}
        hidden = self.remembered.get(path.partition("?")[0], []) if remembering else []
        pairs = [pair for pair in hidden if pair[0] not in fields] + list(fields.items())
        return self.request("POST", path, urlencoded(pairs).encode(), headers)

    def fill(self, path: str, fields: dict[str, str] | None = None, at: str | None = None) -> Answer:
        """Looks at the page of a form, at `path` or where else it stands, and sends the form."""
        self.get(at or path)
        return self.post(path, fields)

    def follow(self, answer: Answer) -> Answer:
        """Goes where an answer leads, until it leads no further."""
        for _ in range(5):
            if answer.location is None:
                return answer
            answer = self.get(answer.location)
        raise AssertionError("the answers lead in a circle")

    def request(
        self, method: str, path: str, body: bytes | None = None,
        headers: dict[str, str | None] | None = None,
    ) -> Answer:
        """Sends anything. A header whose value is None is left out."""
        sent = {"Host": f"localhost:{self.port}", "User-Agent": self.user_agent}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method not in ("GET", "HEAD"):
            sent |= {"Origin": self.origin, "Sec-Fetch-Site": "same-origin", "Content-Type": FORM}
            sent["Content-Length"] = str(len(body or b""))
        own = {name.replace("_", "-").lower() for name in headers or {}}
        sent = {name: value for name, value in sent.items() if name.lower() not in own}
        sent |= {name.replace("_", "-"): value for name, value in (headers or {}).items() if value is not None}

        answer = self._exchange(method, path, body, sent)
        self._keep(path, answer)
        return answer

    def _exchange(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=30, source_address=(self.network, 0))
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            response = connection.getresponse()
            return Answer(response.status, response.getheaders(), response.read())
        finally:
            connection.close()

    def _keep(self, path: str, answer: Answer) -> None:
        for line in answer.all("Set-Cookie"):
            for name, cookie in SimpleCookie(line).items():
                if cookie["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = cookie.value
        if answer.is_html and answer.body and not answer.header("Content-Encoding"):
            seen = {}
            for form in answer.page.forms:
                seen.setdefault(urlsplit(urljoin(path, form.action or path)).path, form.hidden)
            self.remembered |= seen


def exchange(port: int, request: bytes, network: str = "127.0.0.1") -> bytes:
    """Sends bytes to the web server as they are, and returns all that comes back until it hangs up."""
    with socket.create_connection(("127.0.0.1", port), 10, (network, 0)) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))
