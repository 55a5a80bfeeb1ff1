"""Rules about reading ease, with the limits of each language in translations/style.yml."""

from collections.abc import Iterator
from functools import lru_cache

from ..complaint import Complaint
from ..inline import Inline
from ..inline import sentences as sentences_of
from ..page import Page
from ..readability import FORMULAS, TOKEN, Figures, Terms, measure
from ..reader import KEPT
from .reading import Reading

PARAGRAPH = 3


def texts_of(page: Page) -> list[str]:
    """What counts as a sentence: headings, sentences, list items, and each table cell by itself."""
    found = [one.text for one in page.headings]
    for unit in page.units:
        found += unit.sentences
    return found


def figures_of(page: Page, reading: Reading) -> Figures | None:
    """The readability figures of a page; None where it has no words or its language no formula."""
    style = reading.styles[page.language]
    return _measured(page, style.formula, reading.terms[page.language]) if style.formula else None


@lru_cache(maxsize=KEPT)
def _measured(page: Page, formula: str, terms: Terms) -> Figures | None:
    return measure(formula, texts_of(page), terms)


def page_is_readable(page: Page, reading: Reading) -> Iterator[Complaint]:
    """The page keeps the limit of its language."""
    style = reading.styles[page.language]
    found = figures_of(page, reading)
    if found is None:
        return
    formula = FORMULAS[style.formula]
    if not formula.passes(found.score, style.limit):
        side = "at least" if formula.higher_is_easier else "at most"
        what = (
            f"{formula.name} is {found.score:.1f} ({found.plain_score:.1f} with terms),"
            f" expected {style.limit} {side}. Write shorter sentences and everyday words."
        )
        yield page.complain(1, "readability", what)


def sentences_are_short(page: Page, reading: Reading) -> Iterator[Complaint]:
    """No sentence, in question and answer neither, has more words than its language allows.

    The description is for search results; its length is held in characters (pe/front.py).
    """
    limit = reading.styles[page.language].sentence
    if not limit:
        return
    terms = reading.terms[page.language]
    sentences = [(unit.place.line, text) for unit in page.units for text in unit.sentences]
    for line, text in (*_in_front(page), *sentences):
        words = TOKEN.findall(text)
        if len(words) > limit and len(terms.ease(words)) > limit:
            what = f"found {len(terms.ease(words))} words in a sentence, expected {limit} at most. Split it."
            yield page.complain(line, "sentence-long", what)


def _in_front(page: Page) -> Iterator[tuple[int, str]]:
    """The sentences of question and answer, each with its line."""
    for key in ("question", "answer"):
        for text, _ in sentences_of(Inline(getattr(page.front, key)), page.abbreviations):
            yield page.front.raw.line_of(key), text


def paragraphs_are_short(page: Page, _: Reading) -> Iterator[Complaint]:
    """No paragraph has more than three sentences."""
    counts: dict[int, list[int]] = {}
    for unit in page.units:
        if unit.kind == "paragraph":
            counts.setdefault(unit.block, []).append(unit.place.line)
    for lines in counts.values():
        if len(lines) > PARAGRAPH:
            what = f"found {len(lines)} sentences in a paragraph, expected {PARAGRAPH} at most. Add a blank line."
            yield page.complain(lines[0], "paragraph-long", what)


RULES = (page_is_readable, sentences_are_short, paragraphs_are_short)
