"""While the site is served, only pages with something new are made anew. Nothing that is shown may be of before."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pe.handouts import listing
from pe.handouts.sheets import Made
from pe.judge.reading import read_all
from pe.offline import files as offline
from pe.project import Project
from pe.render import share
from pe.render.again import Again
from pe.render.renderer import Renderer, styles_and_scripts
from pe.site import Site

ROOT = Path(__file__).resolve().parents[2]
TOPIC, TABLE = "docs/{}/muscle-spasms.md", "docs/{}/treatments.md"
# What is edited (file, what is found there, what stands there then), and how many of the pages are made anew: one, or all.
EDITS = {
    "a sentence": (TOPIC.format("sv"), r"(?<=\.)\n(?=\n## )", " Zwanzig.\n", 1),
    "a sentence of the original": (TOPIC.format("en"), r"(?<=\.)\n(?=\n## )", " Zwanzig.\n", 3),
    "a description": (TOPIC.format("it"), r"(?m)^description: .*$", "description: Zwanzig.", 1),
    "a title": (TOPIC.format("en"), r"(?m)^title: .*$", "title: Zwanzig", 0),
    "an answer": (TOPIC.format("sv"), r"(?m)^answer: .*$", "answer: Zwanzig.", 0),
    "a footnote": (TOPIC.format("en"), r"\[\^[\w-]+\]", "", 0),
    "a heading": (TOPIC.format("it"), r"(?m)^## .* \{", "## Zwanzig {", 0),
    "a row of a table": (TABLE.format("en"), r"(?m)^\| \w[^|]*\|(?=.*\[\^)", "| Zwanzig |", 0),
    "a word of the glossary": ("docs/sv/glossary.md", r"(?m)^(### .*\n\n).*$", r"\1Zwanzig.", 0),
    "many words": (TOPIC.format("sv"), r"(?<=\.)\n(?=\n## )", " Zwanzig." * 600 + "\n", 0),
    "a claim": ("docs/evidence/claims.yml", r"certainty: moderate", "certainty: low", 0),
    "a source": ("docs/evidence/references.yml", r"(?m)^  title: .*$", "  title: Zwanzig", 0),
    "a word of the interface": ("translations/sv.yml", r"(?m)^header.skip: .*$", "header.skip: Zwanzig", 0),
    "an address": ("translations/slugs.yml", r"slug: muskelspasmer", "slug: zwanzig", 0),
    "a template": ("overrides/partials/footer.html", r"\A", "<p>zwanzig</p>", 0),
}


LEFT_OUT = (".git", ".venv", ".build", "site", "hooks", "__pycache__", ".*_cache", ".hypothesis")


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Edited:
    folder = tmp_path_factory.mktemp("again") / "site"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    return Edited(folder)


class Edited:
    """A project, and its pages made again and again as they are while it is served."""

    def __init__(self, root: Path) -> None:
        self.root, self.again, self.anew = root, Again(), 0

    def pages(self, again: Again) -> dict[tuple[str, str], str]:
        site = Site(read_all(Project(self.root))[0])
        own = styles_and_scripts(site, keeps=False)
        renderer = Renderer(
            site, own, lambda one: listing.views(Made(), one) | share.views(one, {}) | offline.views(one, made=False)
        )
        again.begin(site)
        again.look_at(own.names)
        self.anew = 0

        def make(locale: str, name: str) -> str:
            self.anew += 1
            return renderer.page(locale, name)

        return {(locale, name): again.page(site, locale, name, make) for locale in site.pages for name in site.pages[locale]}


@pytest.mark.parametrize("what", EDITS)
def test_after_an_edit_every_page_is_as_if_made_for_the_first_time(what: str, edited: Edited) -> None:
    name, old, new, anew = EDITS[what]
    before = edited.pages(edited.again)
    file = edited.root / name
    text = file.read_text("utf-8")
    changed = re.sub(old, new, text, count=1)
    assert changed != text, f"nothing to edit in {name}"
    file.write_text(changed, "utf-8")
    try:
        found = edited.pages(edited.again)
        assert edited.anew == (anew or len(before)), "too many pages were made anew, or too few"
        fresh = edited.pages(Again())
        stale = [page for page in fresh if fresh[page] != found[page]]
        assert not stale, f"shown as they were before: {stale}"
        assert found != before
    finally:
        file.write_text(text, "utf-8")


def test_what_has_not_changed_is_not_made_anew(edited: Edited) -> None:
    edited.pages(edited.again)
    edited.pages(edited.again)
    assert edited.anew == 0
