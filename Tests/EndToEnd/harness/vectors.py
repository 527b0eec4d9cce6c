"""Passwords with the original's answers."""

import json
import math
from pathlib import Path

from .site import ROOT

DIRECTORY = ROOT / "Tests" / "ZxcvbnTests" / "Vectors"


def vectors(name: str = "zxcvbn-reference") -> list[dict]:
    return [json.loads(line) for line in (DIRECTORY / f"{name}.jsonl").read_text().splitlines()]


def is_utf8(vector: dict) -> bool:
    """Whether every text of it can be written in UTF-8; a surrogate without its partner cannot."""
    try:
        "".join([vector["password"], *vector.get("user_inputs", [])]).encode()
    except UnicodeEncodeError:
        return False
    return True


def same(own: float, other: float) -> bool:
    """Whether two numbers are the same but for the last digits of the processors' arithmetic."""
    return math.isclose(own, other, rel_tol=1e-9)
