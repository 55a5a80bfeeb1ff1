"""Rules about the picture that a message shows with a link to a page."""

from collections.abc import Iterator

from ..cards import room
from ..complaint import Complaint
from ..page import Page
from ..search.passages import key_line
from .reading import Reading


def card_has_room(page: Page, reading: Reading) -> Iterator[Complaint]:
    """Title and key line of a page fit on its card."""
    line = key_line(page)
    if page.title and line and (what := room.why_not(page.title, line)):
        yield page.complain(page.front.raw.line_of("title"), "card-room", what)


def names_have_letters(reading: Reading) -> Iterator[Complaint]:
    """The names of the languages and of the site can be written with the letters of the card."""
    for language in reading.project.languages:
        for name, weight in ((language.name, room.REGULAR), (language.site_name, room.BOLD)):
            if lacking := room.lacking_letters(name, weight):
                what = (
                    f"`{name}`: the letters of the cards (overrides/assets/fonts) have no"
                    f" {', '.join(f'`{one}`' for one in lacking)}. Add a font that has them, or write the name otherwise."
                )
                yield Complaint("mkdocs.yml", 1, "card-letters", what)


RULES = (card_has_room,)
SITE_RULES = (names_have_letters,)
