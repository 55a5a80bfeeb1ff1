"""What changed in a section since it was read, sentence by sentence, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pe.fresh import digest
from pe.fresh.history import remembered
from pe.fresh.state import UNREAD, SectionState

if TYPE_CHECKING:
    from pe.fresh.stamps import Stamp
    from pe.judge.reading import Reading
    from pe.page import Page


def news(reading: Reading, page: Page, one: SectionState) -> Iterator[str]:
    """The lines about one section: what the default language says now, what it said then, what stands here, claims.

    A section that nobody has signed for is shown whole.
    """
    default = reading.project.default
    original = reading.originals.get(page.name, page)
    theirs = digest.sections_of(original).get(one.name)
    ours = digest.sentences_of(page, digest.sections_of(page)[one.name])
    stamp = one.stamp
    yield f"{page.path}, {one.name}: " + (f"read on {stamp.read} by {stamp.by}" if stamp else "read by nobody yet")
    if stamp is None or theirs is None or one.state == UNREAD:
        yield from _whole(page, ours)
    else:
        yield from _sentences(reading, original, page, one.name, stamp)
        if page.language != default and stamp.text != digest.section_digest(page, digest.sections_of(page)[one.name]):
            yield "  Words of this page changed too. It says now:"
            yield from (f"      {text}" for text, _ in ours)
    yield from _claims(reading, page, one)


def _whole(page: Page, ours: list[tuple[str, int]]) -> Iterator[str]:
    for text, line in ours:
        yield f"  {page.path}:{line}  {text}"


def _sentences(reading: Reading, original: Page, page: Page, name: str, stamp: Stamp) -> Iterator[str]:
    now = digest.sentences_of(original, digest.sections_of(original)[name])
    new = [digest.digest(text) for text, _ in now]
    steps = [step for step in SequenceMatcher(None, stamp.sentences, new, autojunk=False).get_opcodes() if step[0] != "equal"]
    if not steps:
        return
    gone = [one for _, start, end, _, _ in steps for one in stamp.sentences[start:end]]
    old = remembered(reading.project.root, original.path, original.language, gone)
    ours = digest.sentences_of(page, digest.sections_of(page)[name])
    aligned = len(ours) == len(stamp.sentences) and page is not original
    for _, start, end, first, last in steps:
        for one in stamp.sentences[start:end]:
            yield f"  - then {original.language}: {old.get(one, '(a sentence that this clone does not remember)')}"
        for text, line in now[first:last]:
            yield f"  + now  {original.language}: {text}   ({original.path}:{line})"
        for text, line in ours[start:end] if aligned else ():
            yield f"  = here {page.language}: {text}   ({page.path}:{line})"
    if not aligned and page is not original:
        yield f"  Sentences here and in {original.language} do not pair off. This page says:"
        yield from (f"  = here {page.language}: {text}   ({page.path}:{line})" for text, line in ours)


def _claims(reading: Reading, page: Page, one: SectionState) -> Iterator[str]:
    section = digest.sections_of(page)[one.name]
    before = one.stamp.claims if one.stamp else {}
    for claim, now in digest.claims_of(section, reading.ledger.claims).items():
        if before.get(claim) != now:
            entry = reading.ledger.claims[claim]
            word = "changed" if claim in before else "says"
            yield f"  [{claim}] {word}: {entry.statement} (certainty: {entry.certainty})"
