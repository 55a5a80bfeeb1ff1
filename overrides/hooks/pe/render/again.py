"""While the site is served for editing: a page is made anew only where something that it shows has changed.

What a page shows comes from its own text, from the same page in the default language, and from what all pages share.
Where anything of the last has changed, all pages are made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from pe.handouts.sheets import Contents
from pe.page import Page
from pe.project import Project
from pe.render.frame import WORDS_A_MINUTE
from pe.site import Site
from pe.yamlfile import Mapped

WATCHED = ("mkdocs.yml", "docs", "overrides", "translations", ".github/ISSUE_TEMPLATE")


class Again:
    """Keeps the pages that were made last, and what was gathered for sheets of paper."""

    def __init__(self) -> None:
        self.contents: Contents = {}
        self._shared: object = None
        self._others: object = None
        self._made: dict[tuple[str, str], tuple[object, str]] = {}

    def begin(self, site: Site) -> None:
        """Forget all if anything has changed that pages share."""
        shared = shared_by_all(site)
        if shared != self._shared:
            self._made.clear()
            self.contents.clear()
        self._shared = shared

    def look_at(self, others: object) -> None:
        """Forget all pages if anything has changed of what they show besides the site: sheets, cards, names of files."""
        if others != self._others:
            self._made.clear()
        self._others = others

    def page(self, site: Site, locale: str, name: str, make: Callable[[str, str], str]) -> str:
        """Give a page as it was made last, or make it anew."""
        original = site.reading.originals.get(name)
        own = [(page.front, page.text) for page in (site.pages[locale][name], original) if page]
        kept = self._made.get((locale, name))
        if kept is None or kept[0] != own:
            kept = self._made[locale, name] = own, make(locale, name)
        return kept[1]


def shared_by_all(site: Site) -> object:
    """Give what any page may show of the others, in a form that can be compared."""
    pages = [page for pages in site.pages.values() for page in pages.values()]
    charted = [page.text for page in pages if page.kind == "table"]
    return [outline(page) for page in pages], charted, site.terms, sorted(_files(site.project))


def outline(page: Page) -> object:
    """Give what other pages may show of a page: all but its sentences and its description."""
    front = replace(page.front, description="", raw=Mapped())
    headings = [(one.level, one.text, one.id) for one in page.headings]
    cited = [(one, place.chapter) for one, place in page.cited.items()]
    return page.path, front, headings, cited, round(page.words / WORDS_A_MINUTE), page.lost, page.stub


def _files(project: Project) -> Iterator[tuple[str, int, int]]:
    """All files but the pages themselves, each with its last change and its size."""
    pages = {project.docs / locale for locale in project.locales}
    for name in WATCHED:
        path = project.root / name
        for file in path.rglob("*") if path.is_dir() else [path]:
            if file.is_file() and (file.parent not in pages or file.suffix != ".md"):
                yield _stamp(file)


def _stamp(file: Path) -> tuple[str, int, int]:
    found = file.stat()
    return str(file), found.st_mtime_ns, found.st_size
