"""A program that is started for one request looks a password up at the same cost, however large the filter is."""

import re
import subprocess
from pathlib import Path
from statistics import median

import pytest
from harness.breached_list import build_filter, digest
from harness.cgi import CGIVisitor
from harness.operator import Operator
from harness.people import PASSWORD, sign_up
from harness.range_server import RangeServer
from harness.site import QUICK, ROOT, program
from harness.visitor import Visitor
from harness.webserver import WebServer

BREACHED = "copper thistle ledger umbrella"
WARNING = "in lists of stolen passwords a thousand times or more"
# At 3.87 bytes for each, a filter of 100 MB.
HASHES = 26_000_000


@pytest.fixture(scope="module")
def filters(tmp_path_factory) -> dict[str, Path]:
    """A small filter and a large one, both with the same breached password."""
    directory = tmp_path_factory.mktemp("filters")
    small, large, lists = (directory / name for name in ("small", "large", "lists"))
    build_filter(small, {BREACHED: 3912})
    subprocess.run(["gcc", "-O2", ROOT / "Benchmarks" / "breached" / "lists.c", "-o", lists], check=True)
    subprocess.run(
        ["sh", "-c", f"{{ {lists} {HASHES}; echo {digest(BREACHED)}:3912; }} | {program('postern')} breached build "
         f"/dev/stdin --hashes --false-positives 1/16777216 --output {large}"], check=True, timeout=120)
    assert large.stat().st_size > 100e6 and small.stat().st_size < 4096
    return {"small": small, "large": large}


@pytest.fixture
def operator(tmp_path):
    operator = Operator(tmp_path)
    operator.init(**QUICK)
    return operator


@pytest.fixture
def visitor(operator) -> CGIVisitor:
    return CGIVisitor(operator.data, "https://seeds.example")


def test_a_lookup_takes_no_more_pages_of_a_large_filter_than_of_a_small_one(operator, visitor, filters):
    faults: dict[str, list[int]] = {}
    for name in list(filters) * 5:
        operator.configure("breached-filter", str(filters[name]))
        visitor.get("/account/sign-up")
        fields = {"email": "ada@example.org", "password": BREACHED}
        assert WARNING in visitor.post("/account/sign-up", fields).text
        faults.setdefault(name, []).append(visitor.page_faults)
    small, large = (median(faults[name]) for name in filters)
    assert abs(large - small) <= 8


def test_a_filter_is_mapped_and_never_read(operator, visitor, filters, tmp_path):
    operator.configure("breached-filter", str(filters["large"]))
    visitor.get("/account/sign-up")
    trace = tmp_path / "trace"
    visitor.prefix = ("strace", "--follow-forks", f"--output={trace}", f"--trace-path={filters['large']}")
    fields = {"email": "ada@example.org", "password": BREACHED}
    assert WARNING in visitor.post("/account/sign-up", fields).text
    calls = re.findall(r"^\d+ +(\w+)\(", trace.read_text(), re.MULTILINE)
    assert set(calls) == {"newfstatat", "openat", "mmap", "close"} and calls.count("mmap") == 1


def test_A26_P24_it_connects_to_the_service_and_to_nobody_else(operator, visitor, tmp_path):
    with RangeServer(tmp_path) as service:
        service.know(BREACHED, 3912)
        operator.configure("breached-service", service.address)
        operator.configure("certificates", str(service.ca))
        visitor.get("/account/sign-up")
        trace = tmp_path / "trace"
        visitor.prefix = ("strace", "--follow-forks", f"--output={trace}", "--trace=network")
        fields = {"email": "ada@example.org", "password": BREACHED}
        assert WARNING in visitor.post("/account/sign-up", fields).text
        connections = [line for line in trace.read_text().splitlines() if " connect(" in line]
        assert connections and all(
            f"htons({service.port})" in line and re.search(r'"127\.0\.0\.1"|"::1"', line) for line in connections)
        assert not re.search(r" send(to|msg|mmsg)\(", trace.read_text())
        assert [asked.prefix for asked in service.asked] == [digest(BREACHED)[:5]]


def test_A26_D3_warns_behind_a_web_server_that_starts_a_process_for_each_request(operator, filters, tmp_path):
    script = tmp_path / "account"
    script.write_text(f"#!/bin/sh\nPOSTERN_DATA={operator.data} exec {program('account')}\n")
    script.chmod(0o755)
    operator.configure("breached-filter", str(filters["large"]))
    with WebServer("apache-cgi", script, tmp_path) as server:
        visitor = Visitor(server.port, "127.0.0.1")
        operator.configure("url", visitor.origin)
        warned = sign_up(visitor, "ada@example.org", BREACHED)
        assert warned.status == 422 and WARNING in warned.text
        assert visitor.post("/account/sign-up", {"email": "ada@example.org", "password": BREACHED}).status == 303
        assert sign_up(visitor, "ada@example.org", PASSWORD).status == 303
    assert [line.split()[1:] for line in (operator.data / "statistics").read_text().splitlines()] == [
        ["sign-up", "score=4", breached, outcome, "variant=-"] for breached, outcome in
        [("breached=yes", "outcome=warned"), ("breached=yes", "outcome=accepted"), ("breached=no", "outcome=accepted")]]
