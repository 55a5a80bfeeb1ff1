"""Rules about words: doubt that fits the grade, words we do not use, sentences left in another language."""

import re
from collections.abc import Iterator

from ..complaint import Complaint
from ..ledger import CERTAINTIES
from ..page import WORD, Page
from ..style import Never, phrases
from .reading import Reading

DOUBTED_KINDS = ("effect", "cause")
COPIED_WORDS = 5  # fewer may be a name


def doubt_fits_grade(page: Page, reading: Reading) -> Iterator[Complaint]:
    """A sentence about an effect or a cause is as doubtful as the claim it cites.

    Table rows are left out: there the mark stands beside the words.
    """
    style = reading.styles[page.language]
    for unit in page.units:
        if unit.kind == "row" or not unit.notes:
            continue
        cited = [claim for note in unit.notes if (claim := reading.ledger.claims.get(note))]
        graded = [claim for claim in cited if claim.kind in DOUBTED_KINDS and claim.certainty in style.doubts]
        if not graded:
            continue
        claim = max(graded, key=lambda one: CERTAINTIES.index(one.certainty))
        if not style.doubts[claim.certainty].search(unit.text):
            words = ", ".join([one for one in style.doubt[claim.certainty] if "*" not in one][:5])
            what = (
                f"`{claim.id}` is graded {claim.certainty}, but the sentence says it as certain."
                f" Put in a word of doubt, such as: {words}."
            )
            yield page.complain(unit.place.line, "doubt-missing", what)


def words_are_ours(page: Page, reading: Reading) -> Iterator[Complaint]:
    """No word stands in the page that its language's list refuses."""
    style = reading.styles[page.language]
    if style.unwanted is None:
        return
    front = page.front.raw
    texts = [(front.line_of(key), getattr(page, key)) for key in ("title", "description", "question", "answer")]
    texts += [(one.line, one.text) for one in page.headings]
    texts += [(one.place.line, one.text) for one in page.units]
    texts += [(one.place.line, one.text) for one in page.images]
    for line, text in texts:
        if style.unwanted.search(text):
            for never in style.never:
                found = _refused(never, text)
                if found:
                    what = f"found “{found}”, a word we do not use here. Instead: {never.instead}."
                    yield page.complain(line, "word-refused", what)


def _refused(never: Never, text: str) -> str:
    match = phrases((never.word,)).search(text)
    if match is None or (never.near and not re.search(rf"\b{re.escape(never.near)}\b", text)):
        return ""
    return match[0]


def sentences_are_translated(original: Page, twin: Page, _: Reading) -> Iterator[Complaint]:
    """No sentence, title or alternative text is left in the default language. Table cells may hold names."""
    theirs = {text for _, text in _prose(original)}
    for line, text in _prose(twin):
        if text in theirs and len(WORD.findall(text)) >= COPIED_WORDS:
            what = f"found “{text}”, the same words as in {original.path}. Translate them."
            yield twin.complain(line, "untranslated", what)


def _prose(page: Page) -> Iterator[tuple[int, str]]:
    for key in ("title", "description", "question", "answer"):
        yield page.front.raw.line_of(key), getattr(page, key)
    for heading in page.headings:
        yield heading.line, heading.text
    for unit in page.units:
        if unit.kind != "row":
            yield unit.place.line, unit.text
    for image in page.images:
        yield image.place.line, image.text


RULES = (doubt_fits_grade, words_are_ours)
TWIN_RULES = (sentences_are_translated,)
