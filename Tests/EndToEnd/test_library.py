"""The scorer as a C library: from C, from Python by `ctypes`, and from PHP by FFI."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from harness.library import DIRECTORY, HEADER, PATTERNS, SHARED, STATIC, Library
from harness.site import ROOT
from harness.vectors import is_utf8, same, vectors

SUPPORT = ROOT / "Tests" / "Support" / "library"
VECTORS = [vector for vector in [*vectors(), *vectors("zxcvbn-reference-long")] if is_utf8(vector)]
OK, MISSING, NOT_UTF8, TOO_LONG = range(4)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


# One line for each password:
#
#     score ␉ guesses ␉ guesses_log10 ␉ warning ␉ suggestion|… ␉ crack time|… ␉ pattern,first,last …
def expected(vector: dict) -> list[str]:
    feedback = vector["feedback"]
    return [
        str(vector["score"]), feedback["warning"], "|".join(feedback["suggestions"]),
        "|".join(vector["display"].values()),
        " ".join(f"{match['pattern']},{match['i']},{match['j']}" for match in vector["sequence"])]


def check(lines: list[str]) -> None:
    assert len(lines) == len(VECTORS) > 3200
    for line, vector in zip(lines, VECTORS):
        score, guesses, log10, *rest = line.split("\t")
        assert [score, *rest] == expected(vector)
        assert same(float(guesses), vector["guesses"]) and same(float(log10), vector["guesses_log10"])


def output(*command: str | Path) -> list[str]:
    """What a program writes of all vectors."""
    texts = [[vector["password"], *vector.get("user_inputs", [])] for vector in VECTORS]
    lines = ["".join(f"{text.encode().hex()}," for text in line) for line in texts]
    ended = subprocess.run(
        command, input="".join(line + "\n" for line in lines).encode(), capture_output=True, timeout=120)
    assert (ended.returncode, ended.stderr) == (0, b"")
    return ended.stdout.decode().split("\n")[:-1]


def compiled(target: Path, *flags: str) -> Path:
    """The program in C, compiled as `pkg-config` says."""
    arguments = subprocess.run(
        ["pkg-config", *flags, "--cflags", "--libs", "zxcvbn"], capture_output=True, text=True, check=True,
        env={**os.environ, "PKG_CONFIG_PATH": str(DIRECTORY / "lib" / "pkgconfig")}).stdout.split()
    # The linker warns of what Swift's runtime could load in a static program, and does not.
    static = ["-static", "-Wl,--no-warnings"] if flags else [f"-Wl,-rpath,{DIRECTORY / 'lib'}"]
    subprocess.run(["gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-std=c11", "-pthread", *static, SUPPORT / "score.c",
                    "-o", target, *arguments], check=True)
    return target


@pytest.mark.parametrize("flags", [[], ["--static"]])
def test_gives_c_the_originals_answers_in_every_thread(tmp_path, flags):
    check(output(compiled(tmp_path / "score", *flags), "2026", "8"))


def test_gives_php_the_originals_answers():
    check(output("php", "-d", "ffi.enable=1", SUPPORT / "score.php", HEADER, SHARED, "2026"))


def test_gives_python_the_originals_answers(library):
    def line(vector: dict) -> str:
        status, result, matches = library.score(
            vector["password"].encode(), [text.encode() for text in vector.get("user_inputs", [])])
        assert status == OK and len(matches) == result.match_count
        for match, theirs in zip(matches, vector["sequence"]):
            assert same(match.guesses, theirs["guesses"])
        return "\t".join([
            str(result.score), repr(result.guesses), repr(result.guesses_log10),
            library.text("warning", result.warning),
            "|".join(library.text("suggestion", code) for code in result.suggestions[:result.suggestion_count]),
            "|".join(library.text("crack_time", seconds) for seconds in result.crack_times),
            " ".join(f"{PATTERNS[match.pattern]},{match.first},{match.last}" for match in matches)])

    check([line(vector) for vector in VECTORS])


# In the header's order: what a number means may never change.
WARNINGS = """
Straight rows of keys are easy to guess
Short keyboard patterns are easy to guess
Repeats like "aaa" are easy to guess
Repeats like "abcabcabc" are only slightly harder to guess than "abc"
Sequences like abc or 6543 are easy to guess
Recent years are easy to guess
Dates are often easy to guess
This is a top-10 common password
This is a top-100 common password
This is a very common password
This is similar to a commonly used password
A word by itself is easy to guess
Names and surnames by themselves are easy to guess
Common names and surnames are easy to guess
"""
SUGGESTIONS = """
Use a few words, avoid common phrases
No need for symbols, digits, or uppercase letters
Add another word or two. Uncommon words are better.
Use a longer keyboard pattern with more turns
Avoid repeated words and characters
Avoid sequences
Avoid recent years
Avoid years that are associated with you
Avoid dates and years that are associated with you
Capitalization doesn't help very much
All-uppercase is almost as easy to guess as all-lowercase
Reversed words aren't much harder to guess
Predictable substitutions like '@' instead of 'a' don't help very much
"""


@pytest.mark.parametrize("name, texts", [("warning", WARNINGS), ("suggestion", SUGGESTIONS)])
def test_numbers_the_texts_as_the_header_does(library, name, texts):
    texts = texts.strip().split("\n")
    assert [library.text(name, number) for number in range(1, len(texts) + 1)] == texts
    assert [library.text(name, number) for number in (0, len(texts) + 1, 1 << 31, (1 << 32) - 1)] == [""] * 4
    numbers = [int(number) for number in re.findall(r"= (\d+)", enumeration(f"zxcvbn_{name}"))]
    assert numbers == list(range(len(texts) + 1))


def enumeration(name: str) -> str:
    return re.search(r"typedef enum %s \{(.*?)\}" % name, HEADER.read_text(), re.DOTALL)[1]


@pytest.mark.parametrize("language, word", [
    (b"en", "year"), (b"de-CH", "Jahr"), (b"FR_fr", "an"), (b"es", "año"), (b"it", "year"), (b"", "year"),
    (b"\xff", "year"), (None, "year")])
def test_knows_a_language_by_the_beginning_of_its_tag(library, language, word):
    assert library.text("crack_time", 32140800.0, language) == f"1 {word}"


@pytest.mark.parametrize("seconds, text", [
    (0.0, "less than a second"), (-1.0, "less than a second"), (float("nan"), "less than a second"),
    (float("inf"), "centuries"), (7200.0, "2 hours")])
def test_has_words_for_every_time(library, seconds, text):
    assert library.text("crack_time", seconds) == text


def test_writes_whole_characters_where_there_is_little_room(library):
    length, text = library.cut("suggestion", 10, b"de", 256)
    text = text.decode()  # with letters of two bytes
    assert length == len(text.encode()) > len(text)
    for room in range(length + 2):
        assert library.cut("suggestion", 10, b"de", room)[0] == length
        cut = library.cut("suggestion", 10, b"de", room)[1].decode()
        fitting = [text[:count] for count in range(len(text) + 1) if len(text[:count].encode()) < room]
        assert cut == (fitting[-1] if fitting else "")


def test_refuses_what_it_cannot_score(library):
    functions = library.functions
    for password, inputs, status in [
        (b"\xff", [], NOT_UTF8), (b"a\xc3", [], NOT_UTF8), (b"\xed\xa0\x80", [], NOT_UTF8), (b"a", [b"\x80"], NOT_UTF8),
        (b"a" * (1 << 20), [], OK), (b"a" * ((1 << 20) + 1), [], TOO_LONG), (b"a" * (1 << 19), [b"b" * (1 << 20)], TOO_LONG),
        (b"", [], OK), (b"a\0b", [b""], OK)]:
        got, result, _ = library.score(password, inputs)
        assert got == status
        assert bytes(result) == bytes(type(result)()) or status == OK
    assert functions.zxcvbn_score(b"a", 1, None, 0, 2026, None, 0, None) == MISSING
    _, result, _ = library.score(b"a")
    for arguments, status in [
        ((None, 1, None, 0, 2026, None, 0), MISSING), ((b"a", 1, None, 1, 2026, None, 0), MISSING),
        ((b"a", 1, None, 0, 2026, None, 1), MISSING), ((None, 0, None, 0, 2026, None, 0), OK),
        ((b"a", (1 << 64) - 1, None, 0, 2026, None, 0), TOO_LONG)]:
        assert functions.zxcvbn_score(*arguments, result) == status


@pytest.mark.parametrize("year", [-(1 << 31), -1, 0, 1, (1 << 31) - 1])
def test_takes_any_year(library, year):
    assert library.score(b"1.1.1999x2001", year=year)[0] == OK


def test_says_how_many_matches_there_are_where_there_is_little_room(library):
    _, whole, matches = library.score(b"correcthorsebatterystaple")
    status, result, first = library.score(b"correcthorsebatterystaple", room=2)
    assert status == OK and result.match_count == whole.match_count == len(matches) > 2
    assert [bytes(match) for match in first] == [bytes(match) for match in matches[:2]]


def test_has_one_version(library):
    version = library.functions.zxcvbn_version()
    text = f"{version // 10000}.{version // 100 % 100}.{version % 100}"
    assert f"Version: {text}\n" in (DIRECTORY / "lib" / "pkgconfig" / "zxcvbn.pc").read_text()


@pytest.mark.parametrize("file, option", [(SHARED, "--dynamic"), (STATIC, "--extern-only")])
def test_shows_nothing_but_the_functions_of_the_header(file, option):
    names = subprocess.run(
        ["nm", option, "--defined-only", "--format=just-symbols", file], capture_output=True, text=True, check=True).stdout
    declared = set(re.findall(r"^(?:size_t|int|zxcvbn_status) (zxcvbn_\w+)\(", HEADER.read_text(), re.MULTILINE))
    assert {name for name in names.split("\n") if name and not name.endswith(":")} == declared


def test_needs_no_swift_to_run():
    needed = subprocess.run(["ldd", SHARED], capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^\tlib(\w+)\.so", needed, re.MULTILINE)) == {"m", "c"}
