"""The scorer as a C library, called by `ctypes`."""

import ctypes
from ctypes import POINTER, Structure, byref, c_char, c_char_p, c_double, c_int, c_size_t, c_uint

from .site import ROOT

DIRECTORY = ROOT / "library"
HEADER = DIRECTORY / "include" / "zxcvbn.h"
SHARED = DIRECTORY / "lib" / "libzxcvbn.so"
STATIC = DIRECTORY / "lib" / "libzxcvbn.a"

PATTERNS = ["bruteforce", "dictionary", "spatial", "repeat", "sequence", "regex", "date"]


class Text(Structure):
    _fields_ = [("bytes", c_char_p), ("length", c_size_t)]


class Match(Structure):
    _fields_ = [("pattern", c_uint), ("first", c_size_t), ("last", c_size_t), ("guesses", c_double)]


class Result(Structure):
    _fields_ = [
        ("score", c_int), ("guesses", c_double), ("guesses_log10", c_double), ("crack_times", c_double * 4),
        ("warning", c_uint), ("suggestion_count", c_size_t), ("suggestions", c_uint * 4), ("match_count", c_size_t)]


class Library:
    """The functions of `zxcvbn.h`."""

    def __init__(self):
        self.functions = ctypes.CDLL(str(SHARED))
        self.functions.zxcvbn_score.argtypes = [
            c_char_p, c_size_t, POINTER(Text), c_size_t, c_int, POINTER(Match), c_size_t, POINTER(Result)]
        for name, kind in (("warning", c_uint), ("suggestion", c_uint), ("crack_time", c_double)):
            function = getattr(self.functions, f"zxcvbn_{name}_text")
            function.argtypes = [kind, c_char_p, POINTER(c_char), c_size_t]
            function.restype = c_size_t

    def score(self, password: bytes, inputs: list[bytes] = [], year: int = 2026,
              room: int = 1024) -> tuple[int, Result, list[Match]]:
        """The status, the result, and the matches for which there is room."""
        texts = (Text * len(inputs))(*(Text(text, len(text)) for text in inputs))
        matches, result = (Match * room)(), Result()
        status = self.functions.zxcvbn_score(
            password, len(password), texts, len(inputs), year, matches, room, byref(result))
        return status, result, matches[:min(room, result.match_count)]

    def text(self, name: str, value: int | float, language: bytes | None = b"en") -> str:
        """The text of a warning, a suggestion or a crack time."""
        return self.cut(name, value, language, 256)[1].decode()

    def cut(self, name: str, value: int | float, language: bytes | None, room: int) -> tuple[int, bytes]:
        """The length of a text, and what of it finds room."""
        buffer = ctypes.create_string_buffer(b"?" * (room + 8))
        length = getattr(self.functions, f"zxcvbn_{name}_text")(value, language, buffer, room)
        assert buffer.raw[room:].startswith(b"?" * 8)
        return length, buffer.value if room else b""
