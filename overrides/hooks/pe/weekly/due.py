"""What a person should look at by now: reviews that are due, numbers checked long ago, translations that lag behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from pe.fresh.state import FRESH, state_of

if TYPE_CHECKING:
    from pe.judge.reading import Reading

NUMBERS = 12  # months after which a phone number is looked up again


def pages(reading: Reading, today: date) -> Iterator[str]:
    """The pages whose next check is due this month or was before."""
    month = today.isoformat()[:7]
    for page in reading.all_pages:
        if page.review and page.review <= month and not page.stub:
            yield f"`{page.path}`: next check was for {page.review}"


def claims(reading: Reading, today: date) -> Iterator[str]:
    """The claims whose next check is due."""
    month = today.isoformat()[:7]
    for claim in reading.ledger.claims.values():
        if claim.review and claim.review <= month:
            yield f"`{claim.id}`: next check was for {claim.review}"


def numbers(reading: Reading, today: date) -> Iterator[str]:
    """The phone numbers that nobody has looked up for a year."""
    for country, lines in reading.ledger.help.items():
        for line in lines:
            if line.checked and (today.year - line.checked.year) * 12 + today.month - line.checked.month >= NUMBERS:
                yield f"{country} {line.number}: looked up on {line.checked}"


def unread(reading: Reading) -> Iterator[str]:
    """The pages with sections that nobody has read since they, or their originals, changed."""
    for page in reading.all_pages:
        if not page.stub:
            counts = Counter(one.state for one in state_of(reading, page).sections if one.state != FRESH)
            if counts:
                yield f"`{page.language}/{page.name}`: " + ", ".join(f"{number} {one}" for one, number in counts.items())
