"""Rules about what readers are told of changes: every claim that changed, in every language."""

from collections.abc import Iterator
from datetime import date

from ..complaint import Complaint, near
from .reading import Reading

FILE = "changes"


def _path(reading: Reading, name: str) -> str:
    return reading.project.shown(reading.project.evidence / f"{name}.yml")


def changes_name_claims(reading: Reading) -> Iterator[Complaint]:
    """What an entry says it is about is a claim."""
    claims = reading.ledger.claims
    for change in reading.ledger.changes.values():
        for one in change.claims:
            if one not in claims:
                hint = near(one, claims) or " Remove it, or write it into claims.yml first."
                what = f"`{change.id}`: unknown claim `{one}`.{hint}"
                yield Complaint(_path(reading, FILE), change.line, "change-claim", what)


def changes_are_told_in_every_language(reading: Reading) -> Iterator[Complaint]:
    """An entry has words in each language of the site, and in no other."""
    path, languages = _path(reading, FILE), reading.project.locales
    for change in reading.ledger.changes.values():
        for language in filter(reading.is_begun, languages):
            if language not in change.words:
                what = f"`{change.id}` has no words in `{language}`. Write `{language}:`, and below it `title:` and `text:`."
                yield Complaint(path, change.line, "change-words", what)
        for language in change.words:
            if language not in (*languages, *reading.project.retired):
                what = f"`{change.id}`: `{language}` is no language of the site, which has {', '.join(languages)}. Remove it."
                yield Complaint(path, change.line, "change-words", what)


def changed_claims_are_told(reading: Reading) -> Iterator[Complaint]:
    """No claim was updated later than the newest entry that names it, or that is about the whole site."""
    told: dict[str, date] = {}
    for change in reading.ledger.changes.values():
        for one in change.claims or reading.ledger.claims:
            if change.date:
                told[one] = max(change.date, told.get(one, change.date))
    for claim in reading.ledger.claims.values():
        if claim.updated and claim.updated > told.get(claim.id, date.min):
            last = f"the last entry of {FILE}.yml about it is of {told[claim.id]}" if claim.id in told else "no entry names it"
            what = (
                f"`{claim.id}` was updated on {claim.updated}, and {last}."
                f" Tell readers in {FILE}.yml what changed, on that day or later."
            )
            yield Complaint(_path(reading, "claims"), claim.line, "change-untold", what)


RULES = (changes_name_claims, changes_are_told_in_every_language, changed_claims_are_told)
