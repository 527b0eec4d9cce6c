#!/usr/bin/env python3
"""Writes days.txt: days in the languages of the demo site, as Unicode's CLDR has them.

Run it in its folder, with the Python package Babel 2.19:

    python3 days.py > days.txt
"""

from datetime import date, timedelta

from babel.dates import format_date

# The locale of a language in which the site speaks it; `en` alone would be American.
LOCALES = {"en": "en_GB", "de": "de_DE", "fr": "fr_FR", "es": "es_ES"}

for language, locale in LOCALES.items():
    for month in range(1, 13):
        day = date(2024 + month // 6, month, 1) + timedelta(days=month + 16)
        print(language, day, format_date(day, "long", locale=locale))
