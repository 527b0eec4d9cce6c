"""Lists of breached passwords, and filters of them."""

import hashlib
import subprocess
from pathlib import Path

from .site import program


def digest(password: str) -> str:
    """The SHA-1 of a password, in the digits of a list."""
    return hashlib.sha1(password.encode()).hexdigest().upper()


def hash_list(counts: dict[str, int]) -> str:
    """A list of passwords that were seen so many times, HASH:COUNT in each line, in the order of the hashes."""
    return "".join(sorted(f"{digest(password)}:{count}\n" for password, count in counts.items()))


def build_filter(file: Path, counts: dict[str, int]) -> None:
    """Has `postern` make a filter, which takes the place of one that is there."""
    hashes = file.with_suffix(".list")
    hashes.write_text(hash_list(counts))
    built = subprocess.run(
        [program("postern"), "breached", "build", hashes, "--output", file], capture_output=True, text=True, timeout=60)
    assert (built.returncode, built.stderr) == (0, ""), built.stderr
