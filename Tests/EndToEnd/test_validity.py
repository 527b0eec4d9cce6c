"""Every page in every state is valid HTML, accessible, and fits a narrow phone.

`postern preview` lists them: each state of each form and mail, in each language, and the static pages. `FULL=1` looks at each
of them at every width and in both schemes, which takes half an hour; without it, pages that differ only in words are looked
at once, and only the fullest ones in all ways.
"""

import os
import re
import sys
from collections import defaultdict
from html.parser import HTMLParser
from itertools import product

import pytest
import tinycss2
from axe_playwright_python.base import AXE_SCRIPT
from harness.map import OPEN_PAGES, OWN_PAGES
from harness.people import new_person
from harness.preview import Preview, listed
from harness.site import ROOT
from harness.validator import expect_valid

# vnu of 2020 does not know that an e-mail field may be a user name (whatwg/html#5881), and takes our few words for a language
# that they are not in.
OUTDATED = (r"field name .username. is not allowed in this context|The .inputmode. attribute is not supported"
            r"|This document appears to be written in")

WIDTHS = [320, 390, 1280]
SCHEMES = ["light", "dark"]
FULL = bool(os.environ.get("FULL"))

# The attributes that name ids.
REFERENCES = {"for", "aria-describedby", "aria-labelledby"}


class Document(HTMLParser):
    """What stands in a page, but for its words."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data

    def values(self, name: str) -> list[str]:
        return [attributes[name] or "" for _, attributes in self.tags if name in attributes]

    @property
    def leads_on(self) -> bool:
        """Whether a browser shows it for a moment only."""
        return "refresh" in self.values("http-equiv")

    @property
    def skeleton(self) -> tuple:
        """What makes a page look and work as it does, whatever it says: pages that agree in this need one look."""
        return tuple(
            (tag, *sorted((name, value) for name, value in attributes.items()
                          if name in {"class", "id", "type", "role", "dir", "for"} | REFERENCES
                          or name in {"hidden", "checked", "autofocus", "aria-invalid", "aria-hidden"}))
            for tag, attributes in self.tags)


@pytest.fixture(scope="module")
def preview():
    with Preview() as preview:
        yield preview


# The forms and the mails, and the pages that are none.
PAGES = [*sorted(path.stem for path in (ROOT / "site").glob("[fm]*s/*.html")), "others"]


def is_mail(path: str) -> bool:
    return path.startswith("/preview/") and path.endswith(".html")


@pytest.fixture(scope="module")
def documents(preview) -> dict[str, Document]:
    """Every page, by its path."""
    paths = [path for path in ["/preview/", *listed()] if not path.endswith(".txt")]
    return {path: Document(preview.get(path).decode()) for path in paths}


@pytest.fixture(scope="module")
def looks(documents) -> dict[str, list[tuple[str, int, str]]]:
    """For each page, what is to be looked at: a path, at a width, in a scheme.

    Each kind of tags is looked at once, at the width at which most goes wrong; the fullest state of each form and mail, and
    the static pages, at every width and in both schemes.
    """
    looks: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    seen = set()
    for path, document in documents.items():
        is_full = re.search(r"/long(\.html)?$", path)
        is_mirrored = path.startswith("/preview/mirrored/")
        if document.leads_on or not FULL and (document.skeleton in seen or is_mirrored and not is_full):
            continue
        seen.add(document.skeleton)
        is_thorough = FULL or not is_mirrored and (is_full or not path.startswith("/preview/"))
        sizes = product(WIDTHS, SCHEMES) if is_thorough else [(320, "light")]
        looks[page_of(path)] += [(path, width, scheme) for width, scheme in sizes]
    return looks


def page_of(path: str) -> str:
    """The form or mail of which a preview shows a state."""
    parts = path.split("/")
    return parts[3] if path.startswith("/preview/") and len(parts) > 4 else "others"


@pytest.fixture(scope="module")
def tab(browser, preview):
    context = browser.new_context(base_url=preview.address)
    tab = context.new_page()
    tab.switch = context.new_cdp_session(tab)
    yield tab
    context.close()


def load(tab, path: str, width: int) -> None:
    """Loads a page without scripts."""
    tab.set_viewport_size({"width": width, "height": 800})
    tab.switch.send("Emulation.setScriptExecutionDisabled", {"value": True})
    assert tab.goto(path).status == 200, path
    tab.switch.send("Emulation.setScriptExecutionDisabled", {"value": False})


def is_wide(tab, width: int) -> bool:
    return tab.evaluate("document.documentElement.scrollWidth") > width


def test_every_page_is_looked_at(documents):
    assert {page_of(path) for path in documents} == set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_S71_axe_finds_nothing(tab, looks, page):
    found, loaded = [], None
    for path, width, scheme in looks.get(page, []):
        tab.emulate_media(color_scheme=scheme)
        if path != loaded:
            load(tab, path, width)
            tab.evaluate(AXE_SCRIPT)  # a script of the test's own
            loaded = path
        tab.set_viewport_size({"width": width, "height": 800})
        where = f"{path} at {width} px, {scheme}"
        if is_wide(tab, width):
            found.append(f"{where}: is wider")
        for violation in tab.evaluate("axe.run({resultTypes: ['violations']})")["violations"]:
            places = [node["target"] for node in violation["nodes"]]
            found.append(f"{where}: {violation['id']}: {violation['help']}: {places}")
    assert not found, "\n".join(found)


def test_no_language_is_wider_than_a_narrow_phone(tab, documents):
    wide = []
    for path, document in documents.items():
        if document.leads_on or not (FULL or re.search(r"/(plain|long)(\.html)?$", path)):
            continue
        load(tab, path, WIDTHS[0])
        if is_wide(tab, WIDTHS[0]):
            wide.append(path)
    assert not wide


def test_S71_every_page_is_valid_HTML(preview, documents, tmp_path):
    for path in {document.skeleton: path for path, document in documents.items()}.values():
        name = path.strip("/").replace("/", "-").removesuffix(".html") or "index"
        (tmp_path / f"{name}.html").write_bytes(preview.get(path))
    expect_valid(tmp_path, ignoring=OUTDATED)


def test_S54_no_page_has_a_script_or_a_style_of_its_own(documents):
    for path, document in documents.items():
        names = {tag for tag, _ in document.tags}
        assert not names & {"script", "iframe", "object", "embed"}, path
        attributes = {name for _, attributes in document.tags for name in attributes}
        assert not any(name.startswith("on") for name in attributes), path
        if not is_mail(path):
            assert "style" not in names | attributes, path


def test_whatever_is_pointed_at_is_there(documents):
    for path, document in documents.items():
        ids = document.values("id")
        assert len(ids) == len(set(ids)), path
        wanted = {id for name in REFERENCES for value in document.values(name) for id in value.split()}
        wanted |= {link[1:] for link in document.values("href") if link.startswith("#")}
        assert wanted <= set(ids), (path, wanted - set(ids))


def test_each_page_has_one_heading_of_its_own_and_a_title_that_tells_of_errors(documents):
    for path, document in documents.items():
        if document.values("http-equiv"):
            continue  # which only leads to where the page now is
        assert [tag for tag, _ in document.tags].count("h1") == 1, path
        assert [tag for tag, _ in document.tags].count("title") == 1 + document.values("class").count("qr"), path
        is_wrong = "alert" in document.values("role")
        if path.startswith("/preview/en/"):
            assert document.text.strip().startswith("Error: ") == is_wrong, path


def test_no_page_shows_a_tag_of_its_template(documents):
    for path, document in documents.items():
        if "/styleguide/" not in path:
            assert "{{" not in document.text, path


def test_a_preview_shows_what_the_site_shows(site, documents):
    """But for what only a real account has."""
    stranger, person = site.visitor(), new_person(site)
    for path in OPEN_PAGES + OWN_PAGES:
        visitor = stranger if path in OPEN_PAGES else person.visitor
        real = {(tag, attributes.get("id"), attributes.get("name"))
                for tag, attributes in Document(visitor.get(path).text).tags}
        shown = [
            {(tag, attributes.get("id"), attributes.get("name")) for tag, attributes in document.tags}
            for preview, document in documents.items() if preview.startswith("/preview/en/")]
        assert any(real <= tags for tags in shown), path


def test_style_sheets_have_no_mistakes():
    sheets = list((ROOT / "public").rglob("*.css"))
    assert sheets
    for sheet in sheets:
        rules = tinycss2.parse_stylesheet(sheet.read_text(), skip_comments=True, skip_whitespace=True)
        mistakes = [rule.message for rule in rules if rule.type == "error"]
        for rule in rules:
            if rule.type == "qualified-rule":
                declarations = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
                mistakes += [item.message for item in declarations if item.type == "error"]
        assert not mistakes, sheet
