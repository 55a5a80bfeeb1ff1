"""What a footnote shows: the certainty of a claim, and the sources behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pe.ledger import CERTAINTIES, Claim, Ledger, Reference


def bars(certainty: str) -> int:
    """Say how many of the four bars are filled: 0 for not studied, 4 for high (GRADE's four grades, and none)."""
    return CERTAINTIES[::-1].index(certainty)


@dataclass(frozen=True)
class Cited:
    """A reference as it is listed. `others` says that more authors stand behind `who`.

    `year` has a letter where it needs one (1997a), and is empty where none was seen.
    `titled`: only its title tells it from others, so that it belongs to the name.
    """

    place: str
    who: str
    others: bool
    year: str
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
    seen_first = sorted(found, key=lambda reference: not reference.verified)
    return tuple(cited(one, ledger) for one in seen_first)


def cited(reference: Reference, ledger: Ledger) -> Cited:
    """Shorten a reference: its name, the title, its best link."""
    return _cited(reference, ledger.letters[reference.id], reference.id in ledger.namesakes)


@lru_cache(maxsize=1024)  # a source stands on many pages
def _cited(reference: Reference, letter: str, titled: bool) -> Cited:
    who, others, year = reference.name
    return Cited(
        reference.place,
        who,
        others=others,
        year=f"{year}{letter}" if year else "",
        title=reference.title,
        titled=titled,
        link=link(reference),
        language=reference.language,
    )


def link(reference: Reference) -> str:
    """Where a reference can be read: its DOI, or else its address; empty where neither is known."""
    return f"https://doi.org/{reference.doi}" if reference.doi else (reference.url or "")
