"""Digests of what people read: sentences, sections, claims, pages. White space and line breaks change nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from pe.inline import ENDS
from pe.ledger import Claim
from pe.page import Page
from pe.parts import Section, Unit

DIGITS = 8
OPENING = "(opening)"  # what stands before the first h2, with title and description; no heading id looks so


def digest(*parts: str) -> str:
    """The start of a SHA-256 over texts, in which any white space counts as one blank."""
    tidy = "\n".join(" ".join(part.split()) for part in parts)
    return hashlib.sha256(tidy.encode()).hexdigest()[:DIGITS]


def key_of(section: Section) -> str:
    """The name of a section in the files of readings: the id of its heading."""
    return section.id or OPENING


def sections_of(page: Page) -> dict[str, Section]:
    """The sections of a page by name, in order. One whose heading has no id is left out, and told elsewhere."""
    found: dict[str, Section] = {}
    for section in page.sections:
        if section.id or section.heading.level == 1:
            found.setdefault(key_of(section), section)
    return found


def chapters_of(page: Page) -> dict[str, str]:
    """The names of the sections of a page, in order, each with the h2 that it belongs to; empty for the opening."""
    found: dict[str, str] = {}
    chapter = ""
    for one in page.headings:
        chapter = one.id if one.level == 2 else chapter if one.level > 2 else ""
        if one.level == 1:
            found.setdefault(OPENING, "")
        elif one.id:
            found.setdefault(one.id, chapter or one.id)
    return found


def sentences_of(page: Page, section: Section) -> list[tuple[str, int]]:
    """What a reader reads of a section, each with its line: heading, sentences, table rows, words of pictures.

    The opening has title, description, question and answer of the front matter besides. Footnotes belong to their
    sentence. A sentence that goes on in the next line is one sentence.
    """
    found: list[tuple[str, int]] = []
    if not section.id:
        keys = ("title", "description", "question", "answer")
        found += [(text, page.front.raw.line_of(key)) for key in keys if (text := getattr(page, key))]
    if section.id:
        found.append((section.heading.text, section.heading.line))
    found += _units(page, section)
    found += [(f"{one.text} ({one.target})", one.place.line) for one in page.images if one.place.section == section.id]
    return found


def _units(page: Page, section: Section) -> Iterator[tuple[str, int]]:
    starts = {item.line for one in page.lists for item in one.items}
    before: Unit | None = None
    text, line = "", 0
    for unit in section.units:
        goes_on = before is not None and before.kind == unit.kind != "row" and before.block == unit.block
        if goes_on and before and not before.notes and not ENDS.search(before.text) and unit.place.line not in starts:
            text = f"{text} {_marked(unit)}"
        else:
            if before is not None:
                yield text, line
            text, line = _marked(unit), unit.place.line
        before = unit
    if before is not None:
        yield text, line


def _marked(unit: Unit) -> str:
    return unit.text + "".join(f"[^{note}]" for note in unit.notes)


def sentence_digests(page: Page, section: Section) -> tuple[str, ...]:
    """The digests of a section's sentences, in order."""
    return tuple(digest(text) for text, _ in sentences_of(page, section))


def section_digest(page: Page, section: Section) -> str:
    """The digest of all that a reader reads of a section."""
    return digest(" ".join(text for text, _ in sentences_of(page, section)))


def claim_digest(claim: Claim) -> str:
    """The digest of what a claim says, how sure that is, and where it stands in which sources. Dates are no part of it."""
    sources = sorted(f"{one.ref} {one.at}" for one in claim.sources)
    about = (claim.kind, claim.certainty, claim.shows, claim.about, claim.step, *claim.figures, *sorted(claim.caution))
    flags = f"{claim.activity} {claim.pem}"
    return digest(claim.statement, *about, flags, *sources)


def claims_of(section: Section, claims: Mapping[str, Claim]) -> dict[str, str]:
    """The claims that a section cites, in order, each with its digest."""
    return {one.id: claim_digest(claims[one.id]) for one in section.footnotes if one.id in claims}


def page_digest(page: Page, claims: Mapping[str, Claim]) -> str:
    """The digest of all that a clinician approves: the words of a page, and the claims that it cites."""
    words = [f"{name} {section_digest(page, section)}" for name, section in sections_of(page).items()]
    cited = [f"{one} {claim_digest(claims[one])}" for one in sorted(page.cited) if one in claims]
    return digest(*words, *cited)
