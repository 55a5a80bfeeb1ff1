"""What has become of a page since it was read: section by section, and as a whole. Never looks at a clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pe.fresh import digest
from pe.fresh.stamps import Stamp

if TYPE_CHECKING:
    from pe.judge.reading import Reading
    from pe.page import Page
    from pe.parts import Section

UNREAD, BEHIND, EDITED, CLAIMED, FRESH = "unread", "behind", "edited", "claimed", "fresh"


@dataclass(frozen=True)
class SectionState:
    """One section: what has become of it, its last reading if any, and the h2 that it belongs to.

    unread: nobody has signed for it; behind: the default language has other words since; edited: its own words changed
    since; claimed: a claim that it cites changed since; fresh: none of these.
    """

    name: str
    chapter: str
    state: str
    stamp: Stamp | None


@dataclass(frozen=True)
class Approval:
    """Who approved a page, and whether it still is what was approved."""

    name: str
    profession: str
    day: date
    is_current: bool


@dataclass(frozen=True)
class PageState:
    """A page in one language: its sections in order, its approval if it has one."""

    sections: tuple[SectionState, ...]
    approval: Approval | None

    def having(self, state: str) -> tuple[SectionState, ...]:
        """The sections in one state."""
        return tuple(one for one in self.sections if one.state == state)

    @property
    def is_read(self) -> bool:
        """Whether somebody has signed for any section."""
        return any(one.stamp for one in self.sections)

    @property
    def is_fresh(self) -> bool:
        """Whether somebody has signed for every section, and nothing has changed since."""
        return all(one.state == FRESH for one in self.sections)

    @property
    def since(self) -> date | None:
        """The day of the oldest reading; None where there is none."""
        return min((one.stamp.read for one in self.sections if one.stamp), default=None)

    @property
    def readers(self) -> tuple[str, ...]:
        """Initials of those who read, each once, in the order of the sections."""
        return tuple(dict.fromkeys(one.stamp.by for one in self.sections if one.stamp))


def state_of(reading: Reading, page: Page) -> PageState:
    """What has become of a page. In: all that was read; a page of it."""
    stamps = reading.stamps.get(page.language, {}).get(page.name, {})
    if not stamps:  # so its words need not be looked at
        unread = (SectionState(name, chapter, UNREAD, None) for name, chapter in digest.chapters_of(page).items())
        return PageState(tuple(unread), approval_of(reading, page))
    original = reading.originals.get(page.name) if page.language != reading.project.default else None
    theirs = digest.sections_of(original) if original else {}
    found = []
    for name, section in digest.sections_of(page).items():
        stamp = stamps.get(name)
        now = digest.section_digest(original, theirs[name]) if original and name in theirs else ""
        state = _state(reading, page, section, stamp, now)
        found.append(SectionState(name, section.chapter or section.id, state, stamp))
    return PageState(tuple(found), approval_of(reading, page))


def _state(reading: Reading, page: Page, section: Section, stamp: Stamp | None, original: str) -> str:
    if stamp is None:
        return UNREAD
    if stamp.original != original:
        return BEHIND
    if stamp.text != digest.section_digest(page, section):
        return EDITED
    now = digest.claims_of(section, reading.ledger.claims)
    return CLAIMED if any(stamp.claims.get(one) != now[one] for one in now) else FRESH


def stamp_of(reading: Reading, page: Page, name: str, day: date, by: str) -> Stamp:
    """The stamp for a section as it is now. Raises KeyError where the page has no such section."""
    section = digest.sections_of(page)[name]
    original = reading.originals.get(page.name) if page.language != reading.project.default else None
    theirs = digest.sections_of(original).get(name) if original else None
    return Stamp(
        read=day,
        by=by,
        text=digest.section_digest(page, section),
        original=digest.section_digest(original, theirs) if original and theirs else "",
        sentences=digest.sentence_digests(original, theirs) if original and theirs else digest.sentence_digests(page, section),
        claims=digest.claims_of(section, reading.ledger.claims),
    )


def approval_of(reading: Reading, page: Page) -> Approval | None:
    """The approval in the front matter of a page; None where there is none that can be used."""
    entry = page.front.approved
    name, profession, day = (str(entry.get(key, "")) for key in ("name", "profession", "date"))
    if page.stub or not (name and profession and day):
        return None
    content = digest.page_digest(page, reading.ledger.claims)
    try:
        return Approval(name, profession, date.fromisoformat(day), entry.get("content") == content)
    except ValueError:
        return None
