"""The shipped filter for fail2ban, held against the log of a run."""

import re
import subprocess

import pytest
from harness.people import new_person, sign_in
from harness.site import ROOT

FILTER = ROOT / "hosting" / "fail2ban" / "filter.d" / "postern.conf"


@pytest.mark.skipif(not FILTER.exists(), reason="no filter is shipped yet")
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
    found = subprocess.run(
        ["fail2ban-regex", "--print-all-matched", "--print-no-missed", log, FILTER], capture_output=True, text=True, timeout=60)
    assert found.returncode == 0, found.stdout + found.stderr
    matched = re.findall(r"^\|\s+(\d{4}-.*)$", found.stdout, re.MULTILINE)
    addresses = {re.search(r" ip=(\S+) ", line)[1] for line in matched}
    assert addresses == {visitor.network for visitor in failing}
    assert len(matched) == 6
