"""The terms of the glossary page, for the sheet that explains a word in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pe.page import Page


@dataclass(frozen=True)
class Term:
    """A word and its first paragraph of explanation, as plain text."""

    id: str
    term: str
    text: str


def terms(page: Page) -> dict[str, Term]:
    """Give the terms of a glossary page (h3 headings with ids), by id."""
    return {one.id: one for one in _found(page)}


def _found(page: Page) -> Iterator[Term]:
    for section in page.sections:
        if section.heading.level == 3 and section.id and section.units:
            first = [unit.text for unit in section.units if unit.block == section.units[0].block]
            yield Term(section.id, section.heading.text, " ".join(first))
