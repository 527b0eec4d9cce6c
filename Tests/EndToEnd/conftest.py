"""Fixtures: a running site for each file of tests, and somebody who visits it."""

import signal

import pytest
from harness.people import Person, new_person
from harness.site import Site
from harness.visitor import Visitor
from playwright.sync_api import sync_playwright

# Under nohup a hang-up is ignored, and in the background of a shell are Ctrl-C and Ctrl-\\; so they would be by every
# program that the tests start.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
signal.signal(signal.SIGQUIT, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def visitor(site: Site) -> Visitor:
    return site.visitor()


@pytest.fixture
def person(site: Site) -> Person:
    return new_person(site)


@pytest.fixture(scope="session")
def browser():
    """Chromium, as the system has it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()
