"""The wire of FastCGI 1.0, spoken to the socket of a program without a web server between."""

import socket
import struct
from pathlib import Path

BEGIN_REQUEST, ABORT_REQUEST, END_REQUEST, PARAMS, STDIN, STDOUT, STDERR = range(1, 8)
GET_VALUES, GET_VALUES_RESULT, UNKNOWN_TYPE = 9, 10, 11
RESPONDER, AUTHORIZER, FILTER = 1, 2, 3
KEEP_CONNECTION = 1
REQUEST_COMPLETE, CANT_MPX_CONN, OVERLOADED, UNKNOWN_ROLE = range(4)


def record(kind: int, content: bytes = b"", request: int = 1, version: int = 1, padding: int = 0) -> bytes:
    header = struct.pack(">BBHHBx", version, kind, request, len(content), padding)
    return header + content + b"\xAA" * padding


def stream(kind: int, content: bytes, request: int = 1) -> bytes:
    """A stream of records, and the empty one that ends it."""
    parts = [content[at:at + 0xFFF8] for at in range(0, len(content), 0xFFF8)]
    return b"".join(record(kind, part, request) for part in parts) + record(kind, request=request)


def begin(role: int = RESPONDER, flags: int = 0, request: int = 1) -> bytes:
    return record(BEGIN_REQUEST, struct.pack(">HB5x", role, flags), request)


def length(count: int) -> bytes:
    return bytes([count]) if count < 128 else struct.pack(">I", count | 1 << 31)


def pairs(variables: list[tuple[str, str]]) -> bytes:
    encoded = [(name.encode(), value.encode()) for name, value in variables]
    return b"".join(length(len(name)) + length(len(value)) + name + value for name, value in encoded)


def variables(path: str, method: str = "GET", **more: str) -> list[tuple[str, str]]:
    """What a web server says about a request."""
    return list({
        "GATEWAY_INTERFACE": "CGI/1.1", "SERVER_PROTOCOL": "HTTP/1.1", "SERVER_SOFTWARE": "test",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "REMOTE_ADDR": "127.9.9.9",
        "REQUEST_METHOD": method, "REQUEST_URI": path, "SCRIPT_NAME": "/account",
        "PATH_INFO": path.removeprefix("/account"), "QUERY_STRING": "", **more,
    }.items())


def request(path: str, body: bytes = b"", flags: int = 0, method: str = "GET", **more: str) -> bytes:
    """A whole request."""
    return (
        begin(flags=flags) + record(PARAMS, pairs(variables(path, method, **more))) + record(PARAMS)
        + (record(STDIN, body) if body else b"") + record(STDIN))


def connect(path: Path, within: float = 10) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(within)
    connection.connect(str(path))
    return connection


def exchange(path: Path, wire: bytes, within: float = 10) -> bytes:
    """Sends bytes and returns what the program writes to its standard output, until it closes."""
    with connect(path, within) as connection:
        try:
            connection.sendall(wire)
            connection.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass
        return output(connection)


def output(connection: socket.socket) -> bytes:
    """What the program writes until its request ends or the connection does."""
    text = b""
    stream = connection.makefile("rb")
    try:
        while header := stream.read(8):
            _, kind, _, count, padding = struct.unpack(">BBHHBx", header)
            content = stream.read(count)
            stream.read(padding)
            if kind == STDOUT:
                text += content
            if kind == END_REQUEST:
                break
    except ConnectionResetError:
        pass
    return text
