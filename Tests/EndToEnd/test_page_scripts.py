"""Plays the page scripts of Tests/Scripts through each web server.

Through nginx each script has a site of its own. Through the others one site serves all, and the people of each script
have addresses at a domain of its own.
"""

from pathlib import Path

import pytest
from harness.script import ClockCannotMove, ScriptPlayer
from harness.site import ROOT, SERVERS, Site

SCRIPTS = sorted((ROOT / "Tests" / "Scripts").glob("*.txt"))


def play(script: Path, site: Site, subdomain: str = "") -> None:
    try:
        ScriptPlayer(site, subdomain).play(script)
    except ClockCannotMove as reason:
        # What stands before that line was played, and held.
        print(reason)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_script(script: Path, tmp_path: Path):
    with Site(tmp_path) as site:
        play(script, site)


@pytest.fixture(scope="module", params=SERVERS[1:])
def shared(request, tmp_path_factory):
    with Site(tmp_path_factory.mktemp(request.param), server=request.param) as site:
        yield site


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_script_behind_another_server(script: Path, shared: Site):
    play(script, shared, script.stem)
