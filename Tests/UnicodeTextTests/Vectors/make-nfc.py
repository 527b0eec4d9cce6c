#!/usr/bin/env python3
"""Writes nfc.txt: texts and their Normalization Form C, as Python's unicodedata finds it."""

import random
import unicodedata
from pathlib import Path


def spelled(text):
    return " ".join(f"{ord(character):04X}" for character in text)


def form(name, text):
    return unicodedata.normalize(name, text)


def is_affected(character):
    return any(form(name, character) != character for name in ("NFC", "NFD"))


scalars = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
affected = [character for character in scalars if is_affected(character)]
marks = [character for character in scalars if unicodedata.combining(character)]
starters = [form("NFD", character)[0] for character in affected]

chance = random.Random(2026)
single = chance.sample(affected, 250)
marked = [
    chance.choice(starters) + "".join(chance.sample(marks, chance.randint(1, 4)))
    for _ in range(250)
]

# Canonical singletons, composition exclusions, Hangul, marks in the wrong order, and forms that
# only compatibility (NFKC) would change and that must stay.
chosen = [
    "\u212B", "\u2126", "\u212A", "\u1FEF", "\u0958", "\uFB1D", "\u2ADC", "\U0001D15E",
    "\u1100\u1161\u11A8", "\uAC00\u11A8", "q\u0307\u0323", "q\u0323\u0307", "a\u0315\u0300\u05AE\u0062",
    "\u1FBE\u0308\u0341", "\uFB01", "\uFF21", "\u2460", "\u00BD", "\u017F", "x\u00B2", "\u3000",
    "\u0301", "\u0301a", "e\u200D\u0301", "\U0001F469\u200D\U0001F4BB", "abc", " a ",
]

lines = [f"{spelled(text)}; {spelled(form('NFC', text))}" for text in chosen + single + marked]
header = f"# Written by make-nfc.py with Unicode {unicodedata.unidata_version}: text; its NFC, in code points."
Path(__file__).with_name("nfc.txt").write_text("\n".join([header, *lines]) + "\n")
