"""The page for editors: the state of every page in every language, and of the sources. Not in the menu, in English."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pe.fresh.state import FRESH, SectionState
from pe.judge.readable import figures_of
from pe.ledger import Reference
from pe.project import Language
from pe.readability import FORMULAS
from pe.site import Site

ADDRESS = "editors/"
HEADS = ("Page", "Read through", "Next check", "Approved", "Readability, with terms in brackets", "Sources")
STATES = {
    "unread": "nobody has signed for it",
    "behind": "the original is newer",
    "edited": "changed since it was read",
    "claimed": "a claim changed since it was read",
}


@dataclass(frozen=True)
class Row:
    """A page in one language. Texts are empty where there is nothing to say."""

    name: str
    title: str
    link: str
    stub: bool
    read: str
    by: str
    states: tuple[tuple[str, int], ...]
    open: tuple[tuple[str, str, str], ...]
    review: str
    approved: str
    score: str
    seen: str


@dataclass(frozen=True)
class Group:
    """The pages of one language, the formula that measures them, and how many are wholly read and approved."""

    language: Language
    formula: str
    rows: tuple[Row, ...]

    @property
    def read(self) -> int:
        """How many pages somebody has read through, with no change since."""
        return sum(not row.states and not row.stub for row in self.rows)

    @property
    def approved(self) -> int:
        """How many pages a clinician has approved, at any time."""
        return sum(bool(row.approved) for row in self.rows)


def groups(site: Site) -> list[Group]:
    """Give the state of all pages, language by language."""
    found = []
    for language in site.project.languages:
        style = site.reading.styles[language.locale]
        formula = f"{FORMULAS[style.formula].name}, limit {style.limit}" if style.formula else ""
        rows = tuple(_row(site, language.locale, name) for name in site.order)
        found.append(Group(language, formula, rows))
    return found


def _row(site: Site, locale: str, name: str) -> Row:
    page, state = site.pages[locale][name], site.state(locale, name)
    link = site.urls.between(ADDRESS, site.urls.path(locale, name))
    counts = Counter(one.state for one in state.sections if one.state != FRESH)
    figures = figures_of(page, site.reading) if not page.stub else None
    approval = state.approval
    return Row(
        name=name,
        title=page.title,
        link=link,
        stub=page.stub,
        read=state.since.isoformat() if state.since else "",
        by=", ".join(state.readers),
        states=() if page.stub else tuple((STATES[one], number) for one, number in counts.items()),
        open=() if page.stub or not state.is_read else tuple(_open(link, one) for one in state.sections if one.state != FRESH),
        review=page.review,
        approved=f"{approval.day} {approval.name}{'' if approval.is_current else ' (changed since)'}" if approval else "",
        score=f"{figures.score:.1f} ({figures.plain_score:.1f})" if figures else "",
        seen=_seen(references_of(site, locale, name)),
    )


def _open(link: str, one: SectionState) -> tuple[str, str, str]:
    return one.name, link + (f"#{one.name}" if one.chapter else ""), STATES[one.state]


def references_of(site: Site, locale: str, name: str) -> list[Reference]:
    """Give the sources behind the claims that a page cites, each once."""
    ledger, page = site.ledger, site.pages[locale][name]
    claims = [ledger.claims[one] for one in page.cited if one in ledger.claims]
    refs = dict.fromkeys(source.ref for claim in claims for source in claim.sources)
    return [ledger.references[ref] for ref in refs if ref in ledger.references]


def _seen(references: list[Reference]) -> str:
    """How many of the sources somebody has opened, and for how many the day is noted on which they were last there."""
    if not references:
        return ""
    opened, tried = sum(one.verified for one in references), [one.seen for one in references if one.seen]
    text = f"{opened} of {len(references)} opened; day noted: {len(tried)}"
    return f"{text}, oldest {min(tried)}" if tried else text


def unseen(site: Site) -> list[Reference]:
    """Give the sources that nobody has opened, in the order of the ledger."""
    return [one for one in site.ledger.references.values() if not one.verified]
