"""`score` behind a web server: a form, and its answer as HTML and as JSON."""

import json
import subprocess

import pytest
from harness.gateway import FORM, VARIABLES
from harness.site import program
from harness.vectors import same, vectors
from harness.webserver import CONFIGURATIONS, WebServer

SCORE = program("score")
SECRET = "Tr0ub4dor-hunter2"


@pytest.fixture(scope="module", params=CONFIGURATIONS)
def server(request, tmp_path_factory):
    directory = tmp_path_factory.mktemp(request.param)
    with WebServer(request.param, SCORE, directory) as server:
        yield server
    assert SECRET.encode() not in (directory / "error.log").read_bytes()


def test_gives_a_form(server):
    reply = server.get("/account/score", "Accept-Language: de-AT, en;q=0.5")
    assert (reply.status, reply.field("Content-Type")) == (200, "text/html; charset=utf-8")
    text = reply.body.decode()
    assert '<html lang="de">' in text and '<form method="post">' in text
    assert 'type="password" name="password"' in text and 'name="user-input"' in text
    assert reply.field("Content-Security-Policy").startswith("default-src 'none'")


@pytest.mark.parametrize("language, words", [
    ("en", ["weak", "This is similar to a commonly used password", "Add another word or two"]),
    ("de", ["schwach", "Dies ähnelt einem häufig benutzten Passwort", "Fügen Sie ein oder zwei Wörter hinzu"]),
    ("fr", ["faible", "mot de passe", "Ajoutez un mot ou deux"]),
    ("es", ["débil", "contraseña", "Añada una o dos palabras más"]),
    ("it", ["weak", "This is similar to a commonly used password"]),
])
def test_answers_with_a_fragment_in_the_clients_language(server, language, words):
    reply = server.post("/account/score", b"password=p4ssw0rd1987", f"Accept-Language: {language}, *;q=0.1")
    assert (reply.status, reply.field("Content-Type")) == (200, "text/html; charset=utf-8")
    text = reply.body.decode()
    assert '<meter min="0" max="4"' in text and 'value="1"' in text
    assert "<html" not in text
    for word in words:
        assert word in text


def test_never_sends_a_password_or_a_user_input_back_in_html(server):
    body = f"password={SECRET}&user-input=%3Cb%3Egreta%3C/b%3E&user-input=hunter2".encode()
    for fields in ([], ["Accept: text/html"], ["Accept: text/html,application/json;q=0.9,*/*;q=0.8"]):
        reply = server.post("/account/score", body, *fields)
        assert reply.status == 200
        for text in (SECRET, "hunter2", "greta"):
            assert text not in reply.body.decode()


@pytest.mark.parametrize("accept", ["application/json", "application/json, text/plain, */*"])
def test_answers_with_json_to_who_wants_it(server, accept):
    theirs = next(vector for vector in vectors() if len(vector.get("user_inputs", [])) > 1)
    body = "&".join([f"password={theirs['password']}", *(f"user-input={text}" for text in theirs["user_inputs"])])
    reply = server.post("/account/score", body.encode(), f"Accept: {accept}")
    assert (reply.status, reply.field("Content-Type")) == (200, "application/json")
    # Apache sends it as a chunk.
    ours = json.loads(reply.body[reply.body.index(b"{"):reply.body.rindex(b"}") + 1])
    assert ours["score"] == theirs["score"] and same(ours["guesses"], theirs["guesses"])
    assert list(ours) == ["score", "guesses", "guesses_log10", "crack_times_seconds", "crack_times_display",
                          "feedback", "sequence"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_takes_no_password_from_a_query(server, method):  # S33
    fields = ["Content-Length: 0"] if method == "POST" else []
    reply = server.get(f"/account/score?password={SECRET}", *fields, method=method)
    assert reply.status == 400
    assert SECRET not in reply.body.decode()


@pytest.mark.parametrize("body, status", [
    (b"", 422), (b"user-input=x", 422), (b"password=a&password=b", 400), (b"password=%zz", 400),
    (b"password=%ff", 400), (b"password=", 200)])
def test_refuses_a_form_without_one_password(server, body, status):
    assert server.post("/account/score", body).status == status


def test_has_get_head_and_post(server):
    reply = server.get("/account/score", method="DELETE")
    assert (reply.status, reply.field("Allow")) == (405, "GET, HEAD, POST")
    head = server.get("/account/score", method="HEAD")
    assert (head.status, head.body) == (200, b"")


@pytest.mark.parametrize("arguments", [["--help"], ["--json"], [SECRET]])
def test_looks_at_no_argument_as_cgi(arguments):  # A56
    environment = {**VARIABLES, **FORM, "GATEWAY_INTERFACE": "CGI/1.1", "CONTENT_LENGTH": "15"}
    outputs = [
        subprocess.run([SCORE, *given], env=environment, input=b"password=zxcvbn", capture_output=True, timeout=20)
        for given in ([], arguments)]
    assert outputs[0].stdout.startswith(b"Status: 200 OK\r\n")
    assert outputs[1].stdout == outputs[0].stdout
    assert outputs[1].stderr == outputs[0].stderr == b""


def test_answers_at_the_site(site):
    visitor = site.visitor()
    assert b'<form method="post">' in visitor.get("/score").body
    answer = visitor.post("/score", {"password": SECRET})
    assert answer.status == 200 and b"<meter" in answer.body
    assert visitor.get(f"/score?password={SECRET}").status == 400
    assert SECRET not in site.access_log + (site.run / "error.log").read_text()
