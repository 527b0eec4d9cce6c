"""`score` on the pages of others: in a frame, for their programs, and only so often."""

import functools
import json
import subprocess
import threading
import time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from harness.gateway import FORM, VARIABLES
from harness.site import program
from harness.webserver import WebServer

SCORE = program("score")


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """The address of another site, with a page for a frame."""
    directory = tmp_path_factory.mktemp("shop")
    handler = functools.partial(SimpleHTTPRequestHandler, directory=directory)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        server.page = directory / "index.html"
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def server(shop, tmp_path_factory):
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SCORE_ORIGINS", f"http://localhost:{shop.server_port}")
        environment.setenv("SCORE_STYLE", "/styles/score.css")
        with WebServer("nginx", SCORE, tmp_path_factory.mktemp("nginx")) as server:
            shop.page.write_text(
                f'<!doctype html><title>Shop</title><iframe name="s" src="http://localhost:{server.port}/account/score">'
                "</iframe>")
            yield server


@pytest.mark.parametrize("host, is_shown", [("localhost", True), ("127.0.0.1", False)])
def test_is_framed_by_the_named_origins_alone(browser, server, shop, host, is_shown):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"http://{host}:{shop.server_port}/")
    # A frame that shows nothing of ours has its name a moment after the page is there.
    page.wait_for_selector("iframe")
    frame = page.query_selector("iframe").content_frame()
    assert (frame.locator("form").count() == 1) == is_shown
    if is_shown:
        frame.fill("[name=password]", "p4ssw0rd1987")
        frame.click("button")
        frame.wait_for_selector("meter")
        assert "weak" in frame.inner_text("strong")
    page.context.close()


def test_programs_of_the_named_origins_read_the_answer(browser, server, shop):
    ask = """async address => (await (await fetch(address, {
        method: "POST", body: new URLSearchParams({password: "zxcvbn"}), headers: {Accept: "application/json"}
    })).json()).score"""
    page = browser.new_page()
    page.goto(f"http://localhost:{shop.server_port}/nothing")
    assert page.evaluate(ask, f"http://localhost:{server.port}/account/score") == 0
    page.goto(f"http://127.0.0.1:{shop.server_port}/nothing")
    with pytest.raises(Exception, match="Failed to fetch"):
        page.evaluate(ask, f"http://localhost:{server.port}/account/score")
    page.close()


def test_the_form_has_the_sites_style(server):
    text = server.get("/account/score").body.decode()
    assert '<link rel="stylesheet" href="/styles/score.css">' in text


def score(network: str, **settings: str) -> subprocess.CompletedProcess:
    variables = {**VARIABLES, **FORM, "GATEWAY_INTERFACE": "CGI/1.1", "CONTENT_LENGTH": "15",
                 "HTTP_ACCEPT": "application/json", "REMOTE_ADDR": network, **settings}
    return subprocess.run([SCORE], env=variables, input=b"password=zxcvbn", capture_output=True, timeout=20)


def test_processes_of_plain_cgi_count_together(tmp_path):
    settings = {"SCORE_LIMIT": "2", "SCORE_STATE": str(tmp_path / "counters")}
    # Not over the end of a minute.
    while time.time() % 60 > 50:
        time.sleep(1)
    answers = [score("192.0.2.1", **settings).stdout for _ in range(3)]
    assert [answer.split(b"\r\n")[0] for answer in answers] == [
        b"Status: 200 OK", b"Status: 200 OK", b"Status: 429 Too Many Requests"]
    assert b"\r\nRetry-After: " in answers[2]
    assert score("192.0.2.2", **settings).stdout.startswith(b"Status: 200 ")
    assert json.loads(answers[0].partition(b"\r\n\r\n")[2])["score"] == 0


def test_a_wrong_setting_ends_the_program_with_a_sentence():
    ended = score("192.0.2.1", SCORE_ORIGINS="shop.example")
    assert (ended.returncode, ended.stdout) == (78, b"")
    assert ended.stderr.decode() == (
        'score: error: SCORE_ORIGINS: "shop.example" is not an origin\n'
        "score: hint: write a scheme and a host, as https://shop.example, and spaces between several\n")
