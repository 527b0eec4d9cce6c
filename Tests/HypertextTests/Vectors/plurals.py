#!/usr/bin/env python3
"""Writes plurals.txt: which number has which form in which language.

The rules are those of Unicode's CLDR, as the Python package Babel carries and evaluates them; that of
Romanian it evaluates otherwise than CLDR's own examples, so it is left out. Run it in its folder, with
Babel 2.19:

    python3 plurals.py > plurals.txt
"""

from babel import Locale
from babel.localedata import locale_identifiers

NUMBERS = [*range(130), *range(190, 215), 1000, 1001, 1002, 1011, 2000, 3000, 10000, 20000, 21000]
NUMBERS += [40000, 60000, 100000, 101000, 300000, 1000000, 1000001, 2000000, 3100000]

languages = {}
for name in sorted(locale_identifiers()):
    locale = Locale.parse(name)
    if name == "pt_PT" or name == locale.language and name not in ("root", "ro"):
        forms = " ".join(locale.plural_form(number) for number in NUMBERS)
        languages.setdefault(forms, []).append(name.replace("_", "-"))

print("# The forms of", *NUMBERS)
for forms, names in sorted(languages.items(), key=lambda pair: pair[1]):
    print(*names, end=f": {forms}\n")
