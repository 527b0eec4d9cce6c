"""What axe does not measure of the default theme: its weight, and the contrast of what is not text."""

import re

import pytest
from harness.site import ROOT

SHEET = (ROOT / "site/assets/site.css").read_text()


def colours(scheme: str) -> dict[str, str]:
    """The custom properties that hold a colour. The first block is light; the next changes it for the dark."""
    blocks = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", block))
              for block in re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)]
    return blocks[0] | (blocks[1] if scheme == "dark" else {})


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
              for value in (int(digits[at:at + 2], 16) / 255 for at in (0, 2, 4))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_of_black_and_white_is_twenty_one():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.005)


def test_the_style_sheet_weighs_at_most_eight_kilobytes():
    [served] = (ROOT / "public" / "assets").glob("site-*.css")
    assert served.stat().st_size <= 8_000


def test_the_style_sheet_fetches_nothing():
    assert "url(" not in SHEET and "@import" not in SHEET and "@font-face" not in SHEET


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("part, ground", [
    ("edge", "sheet"), ("red", "sheet"), ("green", "sheet"), ("red", "amber"), ("green", "amber"), ("red", "rose"),
])
def test_fields_buttons_and_meters_stand_out(scheme, part, ground):
    """WCAG 2.2, 1.4.11: 3 to 1."""
    found = colours(scheme)
    assert contrast(found[part], found[ground]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "rose", "amber"])
def test_the_focus_is_seen_on_every_ground(scheme, ground):
    """The ring has a dark and a yellow half; whatever lies below, one of them is seen well."""
    found = colours(scheme)
    assert max(contrast(found[half], found[ground]) for half in ("ring", "focus")) >= 4.5
