"""What the pages of the site say of the sheets: links at the foot of a page, and the page that lists them all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pe.handouts.sheets import PRINT, Made, Sheet
from pe.render import words
from pe.render.frame import Frame


@dataclass(frozen=True)
class Entry:
    """A link to a PDF: what it is called, in which language (`locale`), where it is, how big."""

    kind: str
    title: str
    locale: str
    tongue: str
    link: str
    weight: str


@dataclass(frozen=True)
class Group:
    """The sheets of one page: its name, its title and link in the language of the reader."""

    name: str
    title: str
    link: str
    entries: tuple[Entry, ...]


def views(made: Made, frame: Frame) -> dict[str, Any]:
    """Give what the templates show on a page: its own sheets, and on the page of sheets all of them, by page."""
    own = [_entry(sheet, frame) for sheet in made.of(frame.locale, frame.name)]
    everything = made.sheets if frame.name == PRINT else ()
    return {
        "own_sheets": own,
        "sheets": _groups([one for one in everything if one.kind != "two"], frame),
        "two_fold_sheets": _groups([one for one in everything if one.kind == "two"], frame),
    }


def _groups(found: list[Sheet], frame: Frame) -> list[Group]:
    groups = []
    for name, sheets in groupby(found, key=lambda one: one.page.name):
        place = frame.place(name)
        groups.append(Group(name, place.title, place.link, tuple(_entry(one, frame) for one in sheets)))
    return groups


def _entry(sheet: Sheet, frame: Frame) -> Entry:
    t = frame.site.say(frame.locale)
    of = "handout.of_one" if sheet.pages == 1 else "handout.of"
    tongue = words.language(sheet.page.language, frame.locale)
    if sheet.other:
        tongue = t("handout.two", first=tongue, second=words.language(sheet.other, frame.locale))
    return Entry(
        kind=sheet.kind,
        title=sheet.page.title,
        locale=sheet.page.language,
        tongue=tongue[:1].upper() + tongue[1:],
        link=frame.site.urls.between(frame.here, sheet.address),
        weight=t(of, pages=sheet.pages, size=sheet.kilobytes),
    )
