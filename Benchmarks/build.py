"""Builds what a benchmark times."""

import subprocess
from pathlib import Path

COMMON = Path(__file__).resolve().parents[1] / "scripts" / "common.sh"


def static_build(*products: str) -> None:
    """Builds programs with the settings of those that are installed; they are then in .build/release."""
    subprocess.run(
        ["sh", "-c", '. "$0" && static_build "$@"', COMMON, *products], check=True, stdout=subprocess.DEVNULL)
