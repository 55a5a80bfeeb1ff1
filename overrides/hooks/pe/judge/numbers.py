"""Rules about figures: the same in all languages, and shown where a claim demands them."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from ..complaint import Complaint
from ..figures import figures_in
from ..page import Page
from .reading import Reading

WORD_OR_FIGURE = "1"  # in Swedish and Italian the numeral is also the article, so it may come and go


def _figures(text: str, language: str) -> Counter[str]:
    return Counter(one for one in figures_in(text, language) if one != WORD_OR_FIGURE)


def _listed(figures: Counter[str]) -> str:
    return ", ".join(sorted(figures.elements())) or "no figure"


def figures_are_equal(original: Page, twin: Page, _: Reading) -> Iterator[Complaint]:
    """A citing sentence, a list item or a table row shows the same figures as in the default language."""
    theirs = _by_section(original)
    for section, found in _by_section(twin).items():
        expected = theirs.get(section, [])
        if [one.notes for one in expected] != [one.notes for one in found]:
            continue  # told by the rules on footnotes, lists and tables
        for one, other in zip(expected, found, strict=True):
            wanted = _figures(one.text, original.language)
            shown = _figures(other.text, twin.language)
            if wanted != shown:
                there = f"{original.path}:{one.line}"
                what = f"found {_listed(shown)}, expected {_listed(wanted)} as in {there}. See which is right."
                yield twin.complain(other.line, "figure-differs", what)


class _Compared(NamedTuple):
    line: int
    text: str
    notes: tuple[str, ...]


def _by_section(page: Page) -> dict[str, list[_Compared]]:
    """What is compared, section by section, in the order of the file."""
    found = [
        (unit.place.section, _Compared(unit.place.line, unit.text, unit.notes))
        for unit in page.units
        if unit.kind == "row" or (unit.notes and unit.kind == "paragraph")
    ]
    for one in page.lists:
        found += [(one.place.section, _Compared(item.line, item.text, item.notes)) for item in one.items]
    by_section: dict[str, list[_Compared]] = {}
    for section, compared in sorted(found, key=lambda one: one[1].line):
        by_section.setdefault(section, []).append(compared)
    return by_section


def claims_show_figures(page: Page, reading: Reading) -> Iterator[Complaint]:
    """A sentence that cites a claim shows the claim's figures."""
    for unit in page.units:
        for note in unit.notes:
            claim = reading.ledger.claims.get(note)
            if claim is None or not claim.figures:
                continue
            demanded = {one for one in claim.figures if one[:1].isdigit()}
            missing = sorted(demanded - set(figures_in(unit.text, page.language)))
            if missing:
                what = f"`{note}` demands the figure {', '.join(missing)}, which the sentence does not show. Add it."
                yield page.complain(unit.place.line, "figure-missing", what)


SECTION_RULES = (figures_are_equal,)
RULES = (claims_show_figures,)
