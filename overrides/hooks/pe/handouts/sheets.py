"""All sheets of the site: which there are, what each is called, and making them."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import permutations

from pe.complaint import Complaint
from pe.handouts import recipes, signs, typeset
from pe.handouts.content import Content, Data
from pe.page import Page
from pe.site import Site

PRINT = "print"  # the page that lists them; they lie below its address
SIZES = (11.0, 10.5, 10.0, 9.5, 9.0)  # points; the first in which a sheet fits its two pages
LARGE = 18.0  # points: large print begins at 16
MOST_PAGES = {"sheet": 2, "large": 16, "two": 3}
MOST_BYTES = 100_000


@dataclass(frozen=True)
class Sheet:
    """One PDF. `kind` is sheet, large or two; `address` is below the root of the site; `other` the second language."""

    kind: str
    page: Page
    address: str
    other: str = ""
    pages: int = 0
    size: int = 0

    @property
    def kilobytes(self) -> int:
        """Give the size as a person reads it."""
        return max(1, round(self.size / 1000))


@dataclass(frozen=True)
class Made:
    """What came of it: sheets, their files by address, and complaints. With complaints there are no files."""

    sheets: tuple[Sheet, ...] = ()
    files: dict[str, bytes] = field(default_factory=dict)
    complaints: tuple[Complaint, ...] = ()

    def of(self, locale: str, name: str) -> list[Sheet]:
        """Give the sheets of a page in a language: the sheet, its large print, the sheets in two languages."""
        return [one for one in self.sheets if (one.page.language, one.page.name) == (locale, name)]


def planned(site: Site) -> Iterator[Sheet]:
    """Name every sheet that the site should have: pages in the order of the nav, languages in theirs."""
    for name in site.order:
        for locale in site.project.locales:
            page = site.pages[locale][name]
            if recipes.recipe_of(page):
                yield Sheet("sheet", page, address(site, page))
                yield Sheet("large", page, address(site, page, site.say(locale)("handout.file_large")))
    for name in site.order:
        for locale, other in permutations(site.project.locales, 2):
            page = site.pages[locale][name]
            if recipes.is_two_fold(page) and not (page.stub or site.pages[other][name].stub):
                yield Sheet("two", page, address(site, page, f"{locale}-{other}"), other)


def address(site: Site, page: Page, ending: str = "") -> str:
    """Give the address of a page's PDF below the root of the site, in words of its language: sv/skriv-ut/muskelspasmer.pdf."""
    stem = "-".join(part for part in (site.slugs.slug(page.language, page.name), ending) if part)
    return posixpath.join(site.urls.path(page.language, PRINT), f"{stem}.pdf")


Contents = dict[tuple[Page, bool], Data]  # by page, and whether for a sheet in two languages


class Maker:
    """Makes the sheets of a site. `only_kept`: take those that were made before, and make none.

    `contents` is what an earlier maker gathered, where nothing has changed since but the text of pages.
    """

    def __init__(
        self, site: Site, setter: typeset.Typesetter, *, only_kept: bool = False, contents: Contents | None = None
    ) -> None:
        self.site, self.setter, self.only_kept = site, setter, only_kept
        self.signs = json.dumps(signs.signs(site.project.root / "overrides" / "partials"))
        self.contents: Contents = {} if contents is None else contents
        self.complaints: list[Complaint] = []

    def all(self) -> Made:
        """Make every sheet. One that cannot be made is a complaint, and then there are no files at all."""
        made: list[Sheet] = []
        files: dict[str, bytes] = {}
        for sheet in planned(self.site):
            content = self.one(sheet)
            if content is not None:
                files[sheet.address] = content
                made.append(Sheet(sheet.kind, sheet.page, sheet.address, sheet.other, typeset.pages(content), len(content)))
        if self.complaints:
            self.contents.clear()  # what has a fault is looked at again
            return Made(complaints=tuple(sorted(set(self.complaints))))
        if self.setter.kept:
            self.setter.kept.clear()
        return Made(tuple(made), files)

    def one(self, sheet: Sheet) -> bytes | None:
        """Make one sheet in the largest letters in which it fits; nothing where it cannot be made, which is told."""
        locales = [sheet.page.language, *([sheet.other] if sheet.other else [])]
        data = [self._data(self.site.pages[locale][sheet.page.name], bool(sheet.other)) for locale in locales]
        if not all(data):
            return None
        order = self._order(sheet, data)
        if self.only_kept:
            return self.setter.found(order)
        try:
            return self._checked(sheet, self.setter.make(order))
        except typeset.NotSet as fault:
            self.complaints.append(self._complaint(sheet, fault))
        return None

    def _data(self, page: Page, two: bool) -> Data:
        """The content of a page's sheet, gathered once; empty where the page lacks something, which is told."""
        key = (page, two)
        if key not in self.contents:
            recipe = recipes.recipe_of(page)
            faults = recipes.missing(page, recipe) if recipe else []
            self.complaints += faults
            if recipe and not faults:
                content = Content(self.site, page, recipe, recipe.two_rows if two else recipe.rows)
                self.contents[key] = content.data()
                self.complaints += content.complaints()
            else:
                self.contents[key] = {}
        return self.contents[key]

    def _order(self, sheet: Sheet, data: list[Data]) -> typeset.Order:
        codes = [signs.code(one["address"]) for one in data]
        inputs = {
            "sheet": json.dumps(data if sheet.other else data[0], ensure_ascii=False, sort_keys=True),
            "signs": self.signs,
            "code": codes[0],
            "code_two": codes[-1],
            "large": "true" if sheet.kind == "large" else "false",
            "pages": str(MOST_PAGES[sheet.kind]),
        }
        return typeset.Order("two" if sheet.other else "sheet", inputs, (LARGE,) if sheet.kind == "large" else SIZES)

    def _checked(self, sheet: Sheet, content: bytes) -> bytes:
        if len(content) > MOST_BYTES:
            what = (
                f"the sheet {sheet.address} has {len(content)} bytes, expected {MOST_BYTES} at most."
                " Look for a font or drawing that is not needed."
            )
            self.complaints.append(sheet.page.complain(1, "handout-size", what))
        return content

    @staticmethod
    def _complaint(sheet: Sheet, fault: typeset.NotSet) -> Complaint:
        if fault.rule == typeset.TOO_LONG:
            what = (
                f"the sheet {sheet.address} has {fault.what} pages, expected {MOST_PAGES[sheet.kind]} at most."
                " Shorten the key points, danger signs, steps or table rows, or choose fewer rows in pe/handouts/recipes.py."
            )
        elif fault.rule == "handout-word":
            what = (
                f"“{fault.what}” is too wide for its place on the sheet {sheet.address} and cannot be broken. Write it shorter."
            )
        else:
            what = f"the sheet {sheet.address} cannot be made: {' '.join(fault.what.split())}. Mend what it names."
        return sheet.page.complain(fault.line or 1, fault.rule, what)
