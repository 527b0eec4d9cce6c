"""The site says in each of its languages what it says in English, as that language is written."""

import re

import pytest
import yaml
from harness.site import ROOT

TEXTS = {path.stem: path for path in sorted((ROOT / "site" / "texts").glob("*.yml"))}
# The forms that a text may have for numbers; a language has its own.
PLURAL_FORM = re.compile(r"\.(zero|one|two|few|many|other)$")
# The alphabet of text messages (3GPP TS 23.038), as far as it costs one place for a character.
TELEPHONE = re.compile(r"[@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà\n]*")


def words(language: str) -> dict[str, str]:
    """The texts of a language by key."""
    def flat(texts: dict, prefix: str = ""):
        for key, value in texts.items():
            yield from flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(f"{prefix}{key}", str(value))]

    return dict(flat(yaml.safe_load(TEXTS[language].read_text())))


def slots_and_markup(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]*\}|<[^>]*>", text))


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    return words("en")


@pytest.mark.parametrize("language", TEXTS)
def test_a_language_has_the_texts_that_English_has(language, english):
    keys = [{PLURAL_FORM.sub("", key) for key in texts} for texts in (words(language), english)]
    assert keys[0] == keys[1]


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_shows_what_the_English_one_shows(language, english):
    for key, text in words(language).items():
        if not PLURAL_FORM.search(key):
            assert slots_and_markup(text) == slots_and_markup(english[key]), key


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_message_is_charged_as_one(language):
    facts = yaml.safe_load((ROOT / "site" / "site.yml").read_text())
    for key, text in words(language).items():
        if key.startswith("texts."):
            text = re.sub(r"\{[^}]*\}", "10", text.replace("{site.name}", facts["name"]).replace("{code}", "123456"))
            # A message is sent with plain spaces and apostrophes.
            text = re.sub(r"\s", " ", text).replace("’", "'") + f"\n@{facts['url'].removeprefix('https://')} #123456"
            assert TELEPHONE.fullmatch(text) and len(text) <= 160, text


def test_French_has_no_line_break_before_its_punctuation():
    for key, text in words("fr").items():
        shown = re.sub(r"\{[^}]*\}|<[^>]*>", "", text)
        assert not re.search(r"(?<!\u202f)[;!?]|(?<!\u00a0)[:»]|«(?!\u00a0)|'", shown), key


def test_Spanish_opens_its_questions():
    for key, text in words("es").items():
        assert (text.count("¿"), text.count("¡")) == (text.count("?"), text.count("!")), key
