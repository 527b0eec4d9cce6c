"""The same pages as a site of each generator."""

import random
from pathlib import Path

WORDS = """seed bean leaf root soil rain frost autumn spring summer winter garden library packet label shelf member
borrow return sow harvest dry store share neighbour tomato squash pea carrot kale onion herb flower bee meadow bed
compost water light shade early late hardy tender climbing dwarf old local rare common quiet good small""".split()

STYLE = "body { margin: 0 auto; max-width: 44rem; color: #1f1b16; background: #fffefb; }\n"


def markdown(index: int, count: int) -> str:
    """A page of about 2.6 KB without its title: headings, paragraphs, a list, links, a code block."""
    chance = random.Random(index)

    def sentence() -> str:
        words = chance.choices(WORDS, k=chance.randint(8, 16))
        words[chance.randrange(len(words))] = f"*{chance.choice(WORDS)}*"
        return " ".join(words).capitalize() + "."

    def paragraph() -> str:
        other = f"[{chance.choice(WORDS)} {chance.choice(WORDS)}](/page-{chance.randrange(count):05}/)"
        return " ".join([sentence(), sentence(), f"See {other}.", sentence()])

    parts = [paragraph()]
    for section in range(3):
        parts += [f"## {chance.choice(WORDS).capitalize()} {section + 1}", paragraph(), paragraph()]
    parts += ["\n".join(f"- **{chance.choice(WORDS)}** {sentence()}" for _ in range(5)),
              "```\n" + "\n".join(" ".join(chance.choices(WORDS, k=6)) for _ in range(3)) + "\n```"]
    return "\n\n".join(parts) + "\n"


def front_matter(index: int) -> str:
    title = " ".join(random.Random(-index - 1).choices(WORDS, k=3)).capitalize()
    return f"---\ntitle: {title}\ndate: 2025-{index % 12 + 1:02}-{index % 28 + 1:02}\ndescription: All about {title}\n---\n"


HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>%s</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="%s">
<link rel="stylesheet" href="%s">
</head>
<body>
<header><a href="/">Millbrook Seed Library</a> <nav aria-label="Pages"><a href="/">Home</a> <a href="/page-00001/">Help</a></nav></header>
<main id="main">
<h1>%s</h1>
%s
</main>
<footer><a href="/page-00002/">Privacy</a></footer>
</body>
</html>
"""


def write(files: dict[Path, str]) -> None:
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def write_pages(directory: Path, count: int) -> None:
    write({directory / f"page-{index:05}.md": front_matter(index) + markdown(index, count) for index in range(count)})


def write_postern(site: Path, count: int) -> None:
    write_pages(site / "pages", count)
    layout = HEAD % ("{{t [page.title]}}", "{{page.description}}", "{{asset site.css}}", "{{t [page.title]}}", "{{content}}")
    write({
        site / "site.yml": "name: Millbrook Seed Library\nlanguage: en\nurl: https://example.org\n",
        site / "texts/en.yml": "home: Millbrook Seed Library\n",
        site / "layouts/page.html": layout,
        site / "assets/site.css": STYLE,
        site / "pages/index.html": "---\nlayout: page\ntitle: home\ndescription: Seeds\n---\n<p>Seeds.</p>\n",
    })


def write_hugo(site: Path, count: int) -> None:
    write_pages(site / "content", count)
    layout = HEAD % ("{{ .Title }}", "{{ .Description }}", "{{ $css.RelPermalink }}", "{{ .Title }}", "{{ .Content }}")
    style = '{{ $css := resources.Get "site.css" | fingerprint -}}\n'
    write({
        site / "config.toml": 'baseURL = "https://example.org/"\ntitle = "Millbrook Seed Library"\n'
                              'disableKinds = ["taxonomy", "term", "RSS"]\n',
        site / "layouts/_default/single.html": style + layout,
        site / "layouts/index.html": style + layout,
        site / "assets/site.css": STYLE,
        site / "content/_index.md": "---\ntitle: Millbrook Seed Library\n---\nSeeds.\n",
    })


def write_pelican(site: Path, count: int) -> None:
    write_pages(site / "content/pages", count)
    layout = HEAD % ("{{ page.title }}", "{{ page.description }}", "/theme/css/site.css", "{{ page.title }}", "{{ page.content }}")
    write({
        site / "pelicanconf.py": "SITENAME = 'Millbrook Seed Library'\nSITEURL = ''\nPATH = 'content'\nTHEME = 'theme'\n"
                                 "TIMEZONE = 'UTC'\nDEFAULT_LANG = 'en'\nPAGE_URL = '{slug}/'\n"
                                 "PAGE_SAVE_AS = '{slug}/index.html'\nSLUGIFY_SOURCE = 'basename'\n"
                                 "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None\n"
                                 "AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None\nDIRECT_TEMPLATES = ['index']\n",
        site / "theme/templates/page.html": layout,
        site / "theme/templates/index.html": "<p>Seeds.</p>\n",
        site / "theme/templates/article.html": "",
        site / "theme/static/css/site.css": STYLE,
    })
