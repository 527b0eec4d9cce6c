"""QR codes, drawn by a browser as large as on a phone, and read by another program."""

import subprocess
from urllib.parse import quote

import pytest
from harness.site import program

KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def key_uri(issuer: str, account: str) -> str:
    return f"otpauth://totp/{quote(issuer)}:{account}?secret={KEY}&issuer={quote(issuer)}"


USUAL = key_uri("Seeds", "ada.byron@garden.example")
TEXTS = {
    "usual": USUAL,
    "not ASCII": key_uri("Бібліотека насіння", "ada@garden.example"),
    "200 characters": key_uri("Seeds", "a" * 110 + "@garden.example")[:200],
    "400 characters": key_uri("Seeds", "a" * 310 + "@garden.example")[:400],
    "digits": "0123456789",
    "capitals": "HTTPS://GARDEN.EXAMPLE/",
}


def svg(text: str) -> str:
    return subprocess.run(
        [program("qr-svg")], input=text, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def phones(browser):
    """A phone that shows pages light, and one that shows them dark."""
    contexts = [
        browser.new_context(viewport={"width": 360, "height": 640}, color_scheme=scheme) for scheme in ("light", "dark")]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_S17_a_camera_reads_what_was_encoded(phones, tmp_path, text):
    page = f"<meta name=color-scheme content='light dark'><style>svg {{ width: 70vw }}</style>{svg(text)}"
    for phone in phones:
        phone.set_content(page)
        picture = tmp_path / "picture.png"
        phone.screenshot(path=picture)
        read = subprocess.run(["zbarimg", "-q", "--raw", picture], capture_output=True, text=True, check=True).stdout
        assert read == text + "\n"


def test_the_picture_is_small():
    assert len(USUAL) == 98
    assert len(svg(USUAL)) < 3000


def test_a_text_that_is_too_long_is_refused():
    result = subprocess.run([program("qr-svg")], input="a" * 2332, capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (2, "")
    assert "does not fit" in result.stderr
