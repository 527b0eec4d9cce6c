"""`postern build` as an operator meets it: what it says, where, and with which exit status."""

import gzip
import os
import shutil
import subprocess
import time
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


def test_a_site_with_a_theme_says_only_what_is_its_own(tmp_path):
    site = tmp_path / "site"
    (site / "components").mkdir(parents=True)
    (site / "texts").mkdir()
    (site / "site.yml").write_text(
        f"name: Alder Lane Allotments\nlanguage: en\ncontact: plots@example.org\ntheme: {ROOT / 'site'}\n")
    (site / "security.yml").write_text("contact: mailto:plots@example.org\nexpires: 180 days\n")
    (site / "texts" / "en.yml").write_text("common:\n  sign-in: Come in\n")
    (site / "components" / "footer.html").write_text(
        "---\nparameters: here? form?\n---\n<footer class=\"bar\">Since 1911</footer>\n")
    built = build(cwd=tmp_path)
    assert (built.returncode, built.stderr) == (0, "")
    page = (tmp_path / "public" / "privacy" / "index.html").read_text()
    assert "<footer class=\"bar\">Since 1911</footer>" in page
    assert "<span>Alder Lane Allotments</span>" in page
    assert ">Come in</a>" in page
    assert "Millbrook" not in page
    assert not (tmp_path / "public" / "de").exists(), "the site has no texts in German"
    forms = (tmp_path / "forms.seg").read_bytes()
    assert b"Since 1911" in forms and b"Millbrook" not in forms


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


def test_it_builds_again_what_changes_and_keeps_the_site_while_something_is_wrong(copy):
    page, built = copy / "site" / "pages" / "news.md", copy / "public" / "news" / "index.html"
    process = subprocess.Popen(
        [program("postern"), "build", "--watch"], cwd=copy, stderr=subprocess.PIPE, text=True)
    try:
        page.write_text("---\ntitle: News\n---\nSeeds have come.\n")
        eventually(lambda: built.is_file() and "Seeds have come." in built.read_text())
        page.write_text("---\ntitle: News\n---\n[Gone](/gone/)\n")
        assert process.stderr.readline() == (
            'site/pages/news.md:4:8: no page, asset or route is at "/gone/"\n')
        eventually(lambda: process.stderr.readline().endswith("nothing was written\n"))
        assert "Seeds have come." in built.read_text()
        page.write_text("---\ntitle: News\n---\nThey are sown.\n")
        eventually(lambda: "They are sown." in built.read_text())
    finally:
        process.terminate()
        assert process.wait(10) == 0
    assert sorted(path.name for path in copy.iterdir()) == ["forms.seg", "public", "site"]


def eventually(condition) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("day, complaint", [("2026-13-01", "is no day"), ("tomorrow", "is no day")])
def test_the_day_of_the_build_is_a_day(tmp_path, day, complaint):
    refused = build("--date", day, cwd=tmp_path)
    assert refused.returncode == 64
    assert complaint in refused.stderr


def test_the_same_day_gives_the_same_bytes(copy):
    assert build("--date", "2026-11-28", cwd=copy).returncode == 0
    before = files(copy / "public")
    assert build("--date", "2026-11-28", cwd=copy).returncode == 0
    assert files(copy / "public") == before
    assert build("--date", "2026-11-29", cwd=copy).returncode == 0
    after = files(copy / "public")
    assert {path for path in after if after[path] != before[path]} == {".well-known/security.txt"}


def test_what_was_built_goes_out_compressed_to_who_takes_it_so(site):
    plain = site.visitor().get("/sitemap.xml")
    packed = site.visitor().get("/sitemap.xml", Accept_Encoding="gzip")
    assert plain.header("Content-Encoding") is None
    assert packed.header("Content-Encoding") == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    # A page with a secret never is (BREACH).
    assert site.visitor().get("/account/sign-in", Accept_Encoding="gzip").header("Content-Encoding") is None
