"""FastCGI through nginx: requests answered in a second, with one worker each."""

import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from harness import fastcgi as wire
from harness.people import Person
from harness.site import Site
from harness.visitor import Visitor
from peers import CGIText, compiled, php_page
from report import Row, at_least, median_ratio
from servers import fastcgi, nginx, php_fpm

ROUNDS = 7
SECONDS = 2
CONNECTIONS = 8


@dataclass
class Contender:
    """A server which answers one path, and the requests that it answered in a second, by round."""

    port: int
    rates: list[float] = field(default_factory=list)

    @property
    def text(self) -> str:
        return f"{median(self.rates):,.0f}/s"


def measure(site: Site, person: Person, directory: Path) -> list[Row]:
    """The sign-in page, the session check and a page behind the gate, beside the same answers from C on libfcgi and
    from PHP-FPM.
    """
    browser = site.visitor()
    browser.get("/account/sign-in")
    return [
        *compare("FastCGI, sign-in page", "/account/sign-in", browser, site, directory),
        *compare("FastCGI, session check", "/account/check", person.visitor, site, directory),
        *compare("Static page behind the gate", "/account/check", person.visitor, site, directory, "/members/index.html"),
    ]


def compare(what: str, asked: str, visitor: Visitor, site: Site, directory: Path, path: str = "") -> list[Row]:
    """Compares the program and its peers at what the program is asked, or at a path for which the web server asks that."""
    path = path or asked
    name = path.strip("/").replace("/", "-")
    cookie = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    answer = CGIText(wire.exchange(site.socket, wire.request(asked, HTTP_COOKIE=cookie)))
    peer = compiled(f"fastcgi-{name}", directory, answer, libraries=("fcgi",))
    page = php_page(f"fastcgi-{name}", directory, answer)
    with (
        fastcgi(peer, directory, name) as (peer_socket, _),
        nginx(directory, f"nginx-c-{name}", peer_socket) as peer_port,
        php_fpm(directory) as (php_socket, _),
        nginx(directory, f"nginx-php-{name}", php_socket, page) as php_port,
    ):
        ours, theirs, php = Contender(site.port), Contender(peer_port), Contender(php_port)
        assert answered(theirs, path, cookie) == answered(php, path, cookie)
        assert answered(ours, path, cookie)[0] == answered(theirs, path, cookie)[0]
        assert path != asked or answered(theirs, path, cookie) == (answer.status, answer.body)

        turns = [ours, theirs, php]
        for _ in range(ROUNDS):
            for contender in turns:
                contender.rates.append(rate(contender.port, path, cookie))
            turns = turns[1:] + turns[:1]
    return [
        Row(f"{what}: requests answered", ours.text, "C on libfcgi", theirs.text,
            median_ratio(ours.rates, theirs.rates), at_least(0.9)),
        Row(f"{what}: requests answered", ours.text, "PHP-FPM", php.text, median_ratio(ours.rates, php.rates)),
    ]


def answered(contender: Contender, path: str, cookie: str) -> tuple[int, bytes]:
    visitor = Visitor(contender.port, "127.0.0.1")
    answer = visitor.get(path, Cookie=cookie)
    return answer.status, answer.body


def rate(port: int, path: str, cookie: str) -> float:
    """Requests answered in a second, by `wrk`; none of them otherwise than it should be."""
    text = subprocess.run(
        ["wrk", "--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{SECONDS}s",
         "--header", f"Cookie: {cookie}", f"http://127.0.0.1:{port}{path}"],
        capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in text and "Socket errors" not in text, text
    return float(re.search(r"^Requests/sec: +([0-9.]+)$", text, re.MULTILINE)[1])
