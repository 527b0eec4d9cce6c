"""`postern build` as an operator meets it: what it says, where, and with which exit status."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from harness.site import ROOT, program


def build(*arguments: object, cwd: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [program("postern"), "build", *map(str, arguments)], cwd=cwd, capture_output=True, text=True, timeout=60)


@pytest.fixture
def copy(tmp_path):
    """A copy of the demo's site, built once."""
    shutil.copytree(ROOT / "site", tmp_path / "site")
    assert build(cwd=tmp_path).returncode == 0
    return tmp_path


def files(directory: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in sorted(directory.rglob("*")) if path.is_file()}


def test_it_is_quiet_in_a_pipe_and_writes_where_the_help_says(copy):
    again = build(cwd=copy)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert sorted(path.name for path in copy.iterdir()) == ["forms.seg", "public", "site"]
    assert (copy / "public" / "index.html").is_file()


def test_the_help_has_an_example(tmp_path):
    help_text = build("--help", cwd=tmp_path)
    assert help_text.returncode == 0
    assert "  postern build site --output /srv/www --forms /srv/forms.seg\n" in help_text.stdout


def test_a_mistake_is_shown_with_its_place_and_changes_nothing(copy):
    before = files(copy / "public") | {"forms": (copy / "forms.seg").read_bytes()}
    page = copy / "site" / "pages" / "404.html"
    lines = page.read_text().splitlines()
    page.write_text("\n".join([*lines, "<p>\t{{site.nmae}}</p>", ""]))

    failed = build(cwd=copy)
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert failed.stderr == (
        f'site/pages/404.html:{len(lines) + 1}:7: "site.nmae" was not given; print it inside {{{{#if site.nmae}}}}\n'
        "<p>\t{{site.nmae}}</p>\n"
        "   \t  ^\n\n"
        "postern: error: 1 problem in site; nothing was written\n")
    assert files(copy / "public") | {"forms": (copy / "forms.seg").read_bytes()} == before
    assert sorted(path.name for path in copy.iterdir()) == ["forms.seg", "public", "site"]


def test_what_cannot_be_done_is_said_with_a_hint(copy):
    for arguments, status, error in [
        (["nowhere"], os.EX_NOINPUT, "postern: error: nowhere: no site.yml here\npostern: hint: "),
        (["--output", "site"], os.EX_CANTCREAT, "postern: error: site: there is something here that no build"),
        (["--output", "no/where"], os.EX_CANTCREAT, "cannot be written: No such file or directory\n"),
        (["--forms", "no/where"], os.EX_CANTCREAT, "postern: error: no/where: cannot be written: No such file"),
        (["--frob"], os.EX_USAGE, "Unknown option '--frob'"),
    ]:
        failed = build(*arguments, cwd=copy)
        assert (failed.returncode, failed.stdout) == (status, "")
        assert error in failed.stderr


def test_a_reader_never_misses_a_page_while_the_site_is_built_again(copy):
    index = copy / "public" / "index.html"
    running = subprocess.Popen(
        ["sh", "-c", 'for n in 1 2 3 4 5 6 7 8 9 10; do "$0" build || exit 1; done', program("postern")], cwd=copy)
    reads = 0
    while running.poll() is None:
        assert index.read_text().endswith("</html>\n")
        reads += 1
    assert running.returncode == 0
    assert reads > 100
