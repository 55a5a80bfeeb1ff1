"""What a footnote shows: the certainty of a claim, and the sources behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pe.ledger import Claim, Ledger, Reference

ASIDE = re.compile(r"\s*\([^)]*\)")  # "(journal not shown)": a remark of the ledger, not a name
GRADES = ("none", "very low", "low", "moderate", "high")


def bars(certainty: str) -> int:
    """Say how many of the four bars are filled: 0 for not studied, 4 for high (GRADE's four grades, and none)."""
    return GRADES.index(certainty)


@dataclass(frozen=True)
class Cited:
    """A reference as it is listed. `others` says that more authors stand behind `who`; `year` may be 0 (not seen).

    `titled`: without a year it is not told from other sources of the same name, so that its title belongs to it.
    """

    id: str
    who: str
    others: bool
    year: int
    title: str
    titled: bool
    link: str
    language: str


@dataclass(frozen=True)
class Note:
    """One entry of "Sources", by its number on the page: what all claims rest on that share it."""

    number: int
    certainty: str
    cited: tuple[Cited, ...]

    @property
    def bars(self) -> int:
        """Give the number of filled bars."""
        return bars(self.certainty)


def listed(footnotes: Iterable[str], ledger: Ledger) -> dict[str, Note]:
    """Give each claim among the footnotes its entry; claims of the same certainty and sources share one."""
    numbers: dict[tuple[str, tuple[Cited, ...]], int] = {}
    found = {}
    for claim in (ledger.claims[footnote] for footnote in footnotes if footnote in ledger.claims):
        rests = claim.certainty, _sources(claim, ledger)
        found[claim.id] = Note(numbers.setdefault(rests, len(numbers) + 1), *rests)
    return found


def _sources(claim: Claim, ledger: Ledger) -> tuple[Cited, ...]:
    """The references of a claim, those first that somebody has seen."""
    found = [ledger.references[source.ref] for source in claim.sources if source.ref in ledger.references]
    return tuple(map(cited, sorted(found, key=lambda reference: not reference.verified)))


@lru_cache(maxsize=1024)  # a source stands on many pages
def cited(reference: Reference) -> Cited:
    """Shorten a reference: the first author or the publisher, the year where it was seen, the title, its best link."""
    authors = [name.strip() for name in ASIDE.sub("", reference.authors or "").split(",") if name.strip()]
    who = authors[0] if authors else ASIDE.sub("", reference.publisher or "").strip()
    if len(authors) > 1:
        who = who.rsplit(" ", 1)[0]  # "Garrison SR" of a list of authors: the surname is enough
    return Cited(
        reference.id,
        who,
        others=len(authors) > 1,
        year=reference.year or 0,
        title=reference.title,
        titled=not reference.year,
        link=f"https://doi.org/{reference.doi}" if reference.doi else (reference.url or ""),
        language=reference.language,
    )
