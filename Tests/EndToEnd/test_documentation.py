"""The documentation is a site of its own, built by `postern build` like any other."""

import re
import subprocess

import pytest
from harness.site import ROOT, program
from harness.validator import expect_valid

PAGES = sorted(path.stem for path in (ROOT / "docs").glob("*.md") if path.stem != "index")


@pytest.fixture(scope="module")
def docs(tmp_path_factory):
    output = tmp_path_factory.mktemp("docs") / "public"
    built = subprocess.run(
        [program("postern"), "build", ROOT / "docs", "--output", output, "--no-compress"], cwd=output.parent,
        capture_output=True, text=True, timeout=60)
    # Broken links, fragments and pictures are among what would be said here.
    assert (built.returncode, built.stderr) == (0, "")
    assert list(output.parent.iterdir()) == [output]  # a site without forms has no file of them
    return output


def test_the_contents_lead_to_every_page(docs):
    contents = (docs / "index.html").read_text()
    assert sorted(set(re.findall(r'href="/([a-z-]+)/"', contents))) == PAGES


def test_every_page_is_valid(docs):
    expect_valid(docs)


@pytest.mark.parametrize("page", ["README.md", "SECURITY.md", "CHANGELOG.md"])
def test_links_at_the_top_of_the_sources_lead_to_files(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / page).read_text())
    assert [link for link in links if not (ROOT / link).exists()] == []
