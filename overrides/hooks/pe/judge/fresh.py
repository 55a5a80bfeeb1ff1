"""Rules about readings and approvals: medicine may not lag behind, and nobody's signature is lost or invented."""

from collections.abc import Iterator
from datetime import date

from ..complaint import Complaint
from ..fresh import digest
from ..fresh.stamps import Stamps, folder_of, path_of
from ..page import Page
from .reading import Reading


def claims_are_read(page: Page, reading: Reading) -> Iterator[Complaint]:
    """No claim that a page cites has changed since the page was read against it.

    Where nobody has signed for the section or the sentence yet, the dates are compared: `updated` of the claim with
    `checked` of the page.
    """
    stamps = reading.stamps.get(page.language, {}).get(page.name, {})
    claims = reading.ledger.claims
    for name, section in digest.sections_of(page).items():
        stamp = stamps.get(name)
        told: set[str] = set()
        for one in section.footnotes:
            claim = claims.get(one.id)
            if claim is None or one.id in told:
                continue
            told.add(one.id)
            last = max(filter(None, (stamp.read if stamp else None, page.checked)), default=date.max)
            if stamp and one.id in stamp.claims:
                if stamp.claims[one.id] == digest.claim_digest(claim):
                    continue
                since = f"`{name}` was read on {stamp.read} by {stamp.by}"
            elif claim.updated and claim.updated > last:
                since = f"{last}, when this was last read or checked"
            else:
                continue
            what = (
                f"`{one.id}` was changed after {since}. Read the section against the claim, mend it where it must be, and"
                f" run ./dev read {page.language}/{page.name} --section '{name}' --by XY."
            )
            yield page.complain(one.place.line, "claim-newer", what)


def readings_belong(reading: Reading) -> Iterator[Complaint]:
    """Each file of readings belongs to a page of the site, or to a language that it has given up."""
    project = reading.project
    for language, pages in reading.stamps.items():
        if language in project.retired:
            continue
        if language not in project.locales:
            shown = project.shown(folder_of(project) / language)
            what = (
                f"`{language}` is no language of the site. Write it into mkdocs.yml again, with `build: false` if the site"
                " gives it up: its readings and addresses then stay."
            )
            yield Complaint(shown, 1, "reading-lost", what)
            continue
        known = reading.pages[language]
        for name, stamps in pages.items():
            if name not in known:
                moved = _moved(known, reading.stamps[language], stamps)
                shown = project.shown(path_of(project, language, name))
                advice = f"Rename it to {moved}.yml, as the page was." if moved else "Remove it, or put the page back."
                yield Complaint(shown, 1, "reading-lost", f"there is no page `{name}` in `{language}`. {advice}")


def _moved(pages: dict[str, Page], signed: dict[str, Stamps], stamps: Stamps) -> str:
    """The page, unsigned so far, that has most sections of those words; empty where none has one."""
    texts = {stamp.text for stamp in stamps.values()}
    shared = {
        name: len(texts & {digest.section_digest(page, section) for section in digest.sections_of(page).values()})
        for name, page in pages.items()
        if name not in signed
    }
    best = max(shared, key=lambda name: shared[name], default="")
    return best if shared.get(best) else ""


def approvals_say_what(page: Page, reading: Reading) -> Iterator[Complaint]:
    """An approval says what was approved. One that is older than the words stays, and readers are told."""
    entry = page.front.approved
    if entry and not entry.get("content"):
        what = (
            "the approval does not say of what. If the page is what was approved, write"
            f" `content: '{digest.page_digest(page, reading.ledger.claims)}'` below the date."
        )
        yield page.complain(page.front.raw.line_of("approved"), "approval-content", what)


RULES = (claims_are_read, approvals_say_what)
SITE_RULES = (readings_belong,)
