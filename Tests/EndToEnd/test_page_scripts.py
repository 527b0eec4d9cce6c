"""Plays every page script of Tests/Scripts through nginx."""

from pathlib import Path

import pytest
from harness.script import ClockCannotMove, ScriptPlayer
from harness.site import ROOT, Site

SCRIPTS = sorted((ROOT / "Tests" / "Scripts").glob("*.txt"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_script(script: Path, tmp_path: Path):
    with Site(tmp_path) as site:
        try:
            ScriptPlayer(site).play(script)
        except ClockCannotMove as reason:
            # What stands before that line was played, and held.
            print(reason)
