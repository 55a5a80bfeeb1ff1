"""Rules about the words of the search: they lead somewhere, and every danger sign can be found."""

from collections.abc import Iterator

from ..complaint import Complaint, near
from ..search import lay_words
from .reading import Reading

URGENT = ("now", "soon")


def lay_words_lead_somewhere(reading: Reading) -> Iterator[Complaint]:
    """Words lead to a page, or a section of it, that is there in their language, and somebody who types them gets there."""
    for language, found in reading.lay_words.items():
        if not reading.is_begun(language):  # searched with the words of the default language
            continue
        path = lay_words.path_of(reading.project, language)
        yield from lay_words.astray(found, path, reading.pages[language])
        yield from lay_words.lost(found, path)


def danger_signs_can_be_found(reading: Reading) -> Iterator[Complaint]:
    """Each danger sign of a page has lines that say how readers put it; each line is about a danger sign."""
    dangers = {claim.id: claim for claim in reading.ledger.claims.values() if claim.kind == "danger"}
    shown = {
        note
        for page in reading.originals.values()
        for step, item in page.signs
        if step in URGENT
        for note in item.notes
        if note in dangers
    }
    for language, found in reading.lay_words.items():
        if not reading.is_begun(language):  # searched with the words of the default language
            continue
        path = lay_words.path_of(reading.project, language)
        for sign, line in ((one, found.lines.get(one, 1)) for one in found.danger if one not in dangers):
            what = f"`{sign}` is no danger sign of docs/evidence/claims.yml.{near(sign, dangers) or ' Remove it.'}"
            yield Complaint(path, line, "search-danger", what)
        for sign in sorted(shown - set(found.danger)) if found.lines else ():  # an empty or missing file is told as such
            what = f"no line under `danger` says how readers put `{sign}` (“{dangers[sign].statement}”). Add one."
            yield Complaint(path, 1, "search-danger", what)


SITE_RULES = (lay_words_lead_somewhere,)
LEDGER_SITE_RULES = (danger_signs_can_be_found,)
