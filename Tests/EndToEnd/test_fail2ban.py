"""The shipped filter for fail2ban, held against the log of a run."""

import re
import subprocess
from pathlib import Path

from harness.people import new_person, sign_in
from harness.site import ROOT

FILTER = ROOT / "hosting" / "fail2ban" / "filter.d" / "postern.conf"

# What the log can say of an attempt (docs/log.md), and whether it counts against whoever made it.
RESULTS = {
    "ok": False, "bad-password": True, "bad-code": True, "bad-link": False, "throttled": True, "csrf": False,
    "disabled": False, "exhausted": True}


def matched(log: Path) -> list[str]:
    """The lines of a log that the filter counts."""
    found = subprocess.run(
        ["fail2ban-regex", "--print-all-matched", "--print-no-missed", log, FILTER], capture_output=True, text=True, timeout=60)
    assert found.returncode == 0, found.stdout + found.stderr
    return re.findall(r"^\|\s+(\d{4}-.*)$", found.stdout, re.MULTILINE)


def test_the_filter_finds_every_failure_and_nothing_else(site, tmp_path):
    person = new_person(site)
    failing = [site.visitor() for _ in range(4)]
    for visitor in failing[:3]:
        sign_in(visitor, person.address, "certainly wrong")
    for address in ("ip=198.51.100.1@example.org", "result=ok@example.org", "nobody@example.org"):
        sign_in(failing[3], address, "certainly wrong")
    person.sign_in(site.visitor())

    log = tmp_path / "auth.log"
    log.write_text(site.log)
    lines = matched(log)
    assert {re.search(r" ip=(\S+) ", line)[1] for line in lines} == {visitor.network for visitor in failing}
    assert len(lines) == 6


def test_the_filter_counts_the_results_that_are_attacks(tmp_path):
    assert set(re.findall(r"^\| `([a-z-]+)` \|", (ROOT / "docs" / "log.md").read_text(), re.MULTILINE)) == set(RESULTS)
    log = tmp_path / "auth.log"
    log.write_text("".join(
        f'2026-11-21T07:00:00+00:00 auth result={result} ip=203.0.113.9 account=- flow=second-factor user="ada@example.org"\n'
        for result in RESULTS))
    assert [re.search(r" result=(\S+) ", line)[1] for line in matched(log)] == [
        result for result, counts in RESULTS.items() if counts]
