"""`postern words`: lists of words to a table for the scorer."""

import os
import subprocess

from harness.site import program


def words(directory, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [program("postern"), "words", *arguments], cwd=directory, capture_output=True, text=True, timeout=60)


def score(directory, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [program("score"), *arguments], cwd=directory, input="Wombatgeier\n", capture_output=True, text=True, timeout=60)


def test_makes_a_table_that_the_scorer_takes(tmp_path):
    (tmp_path / "birds").write_text("adler\nwombatgeier\n")
    (tmp_path / "beasts").write_text("bär\ndachs")
    made = words(tmp_path, "birds", "beasts", "--output", "site.words")
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    plain, own = score(tmp_path), score(tmp_path, "--words", "site.words")
    # Second in its list, capitalised, and one more: 2 × 2 + 1.
    assert "10^0.7 guesses" in own.stdout and "10^0.7 guesses" not in plain.stdout
    again = words(tmp_path, "birds", "beasts", "--output", "again.words")
    assert again.returncode == 0
    assert (tmp_path / "again.words").read_bytes() == (tmp_path / "site.words").read_bytes()


def test_says_which_line_is_no_word(tmp_path):
    (tmp_path / "birds").write_text("adler\n\ngeier\n")
    made = words(tmp_path, "birds", "--output", "site.words")
    assert made.returncode == os.EX_DATAERR
    assert made.stderr == (
        "postern: error: birds:2: the word is empty, too long or has a control character\n"
        "postern: hint: remove the line\n")
    assert not (tmp_path / "site.words").exists()


def test_says_what_cannot_be_read_or_written(tmp_path):
    (tmp_path / "latin").write_bytes(b"b\xe4r\n")
    (tmp_path / "birds").write_text("adler\n")
    for arguments, code, message in [
        (["none"], os.EX_NOINPUT, "none: cannot be read"), (["latin"], os.EX_DATAERR, "latin: is not UTF-8"),
        (["birds", "--output", "none/table"], os.EX_CANTCREAT, "none/table: cannot be written: ")]:
        made = words(tmp_path, *arguments, *([] if "--output" in arguments else ["--output", "table"]))
        assert made.returncode == code
        assert made.stderr.startswith(f"postern: error: {message}")


def test_takes_no_other_file_for_a_table(tmp_path):
    (tmp_path / "birds").write_text("adler\n")
    assert words(tmp_path, "birds", "--output", "table").returncode == 0
    table = (tmp_path / "table").read_bytes()
    for name, contents in [("birds", None), ("cut", table[:-1]), ("empty", b""), ("none", None)]:
        if contents is not None:
            (tmp_path / name).write_bytes(contents)
        ended = score(tmp_path, "--words", name)
        assert ended.returncode == (os.EX_NOINPUT if name == "none" else os.EX_DATAERR)
        assert ended.stdout == "" and ended.stderr.startswith("score: error: ")
