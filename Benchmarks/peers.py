"""The peers: the smallest programs in C and in PHP which give the same answers as ours."""

import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

SOURCES = Path(__file__).resolve().parent / "peers"


@dataclass(frozen=True)
class CGIText:
    """An answer as a CGI program writes it (RFC 3875 §6)."""

    source: bytes

    @cached_property
    def status(self) -> int:
        return next((int(value[:3]) for name, value in self._lines if name == "Status"), 200)

    @cached_property
    def fields(self) -> list[tuple[str, str]]:
        """The header fields besides the status, in the order in which they came."""
        return [(name, value) for name, value in self._lines if name != "Status"]

    @cached_property
    def body(self) -> bytes:
        return self.source.partition(b"\r\n\r\n")[2]

    @cached_property
    def _lines(self) -> list[tuple[str, str]]:
        head = self.source.partition(b"\r\n\r\n")[0].decode()
        lines = [line.partition(":") for line in head.split("\r\n")]
        return [(name, value.strip()) for name, _, value in lines]

    def says_what(self, other: "CGIText") -> bool:
        """Whether it says what another does, with the header fields in any order and any case."""
        return (self.status, self._said, self.body) == (other.status, other._said, other.body)

    @property
    def _said(self) -> list[tuple[str, str]]:
        return sorted((name.lower(), value) for name, value in self.fields)


def compiled(name: str, directory: Path, answer: CGIText | None = None, libraries: tuple[str, ...] = ()) -> Path:
    """A peer in C, with the answer that it gives."""
    program = directory / name
    flags = []
    if answer:
        file = directory / f"{name}.answer"
        file.write_bytes(answer.source)
        flags = [f'-DANSWER="{file}"']
    source = SOURCES / f"{name.partition('-')[0]}.c"
    # The linker warns of what libfcgi and libcrypto could look up by name, which no peer does.
    subprocess.run(
        ["gcc", "-O2", "-static", "-Wall", "-Wextra", "-Wl,--no-warnings", *flags, source, "-o", program,
         *(f"-l{library}" for library in libraries)],
        check=True)
    return program


def php_page(name: str, directory: Path, answer: CGIText) -> Path:
    """A page in PHP which gives an answer: its header fields by header(), its body as text."""
    quote = str.maketrans({"\\": "\\\\", "'": "\\'"})
    fields = "".join(f"header('{f'{key}: {value}'.translate(quote)}', false);\n" for key, value in answer.fields)
    untyped = "" if any(key == "Content-Type" for key, _ in answer.fields) else "ini_set('default_mimetype', '');\n"
    page = directory / f"{name}.php"
    page.write_bytes(
        f"<?php\nheader_remove('X-Powered-By');\n{untyped}http_response_code({answer.status});\n{fields}?>\n".encode()
        + answer.body)
    return page
