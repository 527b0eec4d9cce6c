#!/usr/bin/env python3
"""Writes every-operation.hex: a file of compiled templates as drawn beside `Operation`.

It was written from the drawing and shares nothing with the Swift code. Run it in its folder:

    python3 every-operation.py > every-operation.hex
"""

import struct

SCHEMA = [
    "name: text; ",
    "home: url; ",
    "signed-in: flag; ",
    "tone: choice warm cool; ",
    "items: list(label: text; link: url; ); ",
    "seeds: count; ",
    "season: text; ",
]
SEASON_SCHEMA = ["month: choice may june; "]
NAME, HOME, SIGNED_IN, TONE, ITEMS, SEEDS, SEASON = range(7)
MONTH = 0
LABEL, LINK = range(2)
TEXT, SHOW, UNLESS, JUMP, CHOOSE, EACH = range(1, 7)
HTML, URL, LINE, PARAGRAPHS, PLAIN_URL = range(1, 6)


def fnv1a(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


def schema_hash(schema):
    """The hash of the hashes of the slots' spellings."""
    slots = [fnv1a(spelling.encode()) for spelling in schema]
    return fnv1a(struct.pack(f"<{len(slots)}Q", *slots))


pool = b""


def run(text):
    """Returns offset and count of a text in the pool, adding it if it is not there."""
    global pool
    data = text.encode()
    at = pool.find(data)
    if at < 0:
        at = len(pool)
        pool += data
    return at, len(data)


def operation(kind, escaper=0, depth=0, slot=0, a=0, b=0):
    return struct.pack("<4B2I", kind, escaper, depth, slot, a, b)


def text(words):
    at, count = run(words)
    return operation(TEXT, a=at, b=count)


PAGE = [
    text('<p title="'),
    operation(SHOW, HTML, slot=NAME),
    text('">'),
    operation(UNLESS, slot=SIGNED_IN, a=6),
    text("in"),
    operation(JUMP, a=7),
    text("out"),
    operation(CHOOSE, slot=TONE, a=2),  # 7
    operation(JUMP, a=10),
    operation(JUMP, a=12),
    text(", warm"),
    operation(JUMP, a=13),
    text(", cool"),
    operation(UNLESS, slot=ITEMS, a=26),  # 13
    operation(EACH, slot=ITEMS, a=25),
    text('<a href="'),
    operation(SHOW, URL, depth=1, slot=LINK),
    text('">'),
    operation(UNLESS, depth=1, slot=LABEL, a=22),
    operation(SHOW, HTML, depth=1, slot=LABEL),
    text(" of "),
    operation(SHOW, HTML, depth=0, slot=NAME),
    text("</a>"),  # 22
    operation(UNLESS, depth=0, slot=NAME, a=25),
    text(";"),
    operation(JUMP, a=27),  # 25
    text("nothing"),  # 26
    text("</p>"),  # 27
]
SUBJECT = [text("Hello "), operation(SHOW, LINE, slot=NAME)]
MAIL = [
    operation(SHOW, PARAGRAPHS, slot=NAME),
    text("\n"),
    operation(SHOW, PLAIN_URL, slot=HOME),
    text("\n"),
]
POLISH = [
    text("Witaj, "),
    operation(SHOW, HTML, slot=NAME),
    text(": "),
    # A space between thousands, and the six plural forms: zero one two few many other.
    operation(SHOW, HTML, 0, SEEDS, *run("&#160;")),
    operation(CHOOSE, slot=SEEDS, a=6),
    *[operation(JUMP, a=target) for target in (15, 11, 15, 13, 15, 15)],
    text(" nasiono"),  # 11
    operation(JUMP, a=16),
    text(" nasiona"),  # 13
    operation(JUMP, a=16),
    text(" nasion"),  # 15
    text(", "),  # 16
    operation(SHOW, HTML, slot=SEASON),
]


def season(may, june):
    """A text that pages show, with a line break behind it that is left out."""
    return [
        operation(CHOOSE, slot=MONTH, a=2),
        operation(JUMP, a=3),
        operation(JUMP, a=5),
        text(may),
        operation(JUMP, a=6),
        text(june),
        text("\n"),
    ]


LINE_OF_NAME = [operation(SHOW, HTML, slot=NAME)]
TEMPLATES = [
    ("greeting", "en", PAGE, SCHEMA),
    ("greeting", "pl", POLISH, SCHEMA),
    ("greeting.html", "en", LINE_OF_NAME, SCHEMA),
    ("greeting.html", "pl", LINE_OF_NAME, SCHEMA),
    ("greeting.subject", "en", SUBJECT, SCHEMA),
    ("greeting.subject", "pl", SUBJECT, SCHEMA),
    ("greeting.txt", "en", MAIL, SCHEMA),
    ("greeting.txt", "pl", MAIL, SCHEMA),
    ("season.txt", "en", season("in <May>", "in June"), SEASON_SCHEMA),
    ("season.txt", "pl", season("w <maju>", "w czerwcu"), SEASON_SCHEMA),
]

table = []
first = 0
for name, language, operations, schema in TEMPLATES:
    table.append(
        struct.pack(
            "<4IQ2I",
            *run(name),
            *run(language),
            schema_hash(schema),
            first,
            len(operations),
        )
    )
    first += len(operations)

header = struct.pack("<4s3I", b"SEG2", len(TEMPLATES), first, len(pool))


def show(title, data, width):
    print(f"# {title}")
    for at in range(0, len(data), width):
        print(data[at : at + width].hex(" "))


show("header: SEG2, templates, operations, pool bytes", header, 16)
for (name, language, *_), entry in zip(TEMPLATES, table):
    show(f"template {name} in {language}", entry, 32)
for name, language, operations, _ in TEMPLATES:
    show(f"operations of {name} in {language}", b"".join(operations), 12)
show("pool", pool, 16)
