"""The cards of a site: one a page and language, beside the page, named after what it shows."""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import PIL

from pe.cards import drawing, room
from pe.search.passages import key_line
from pe.site import Site

SOURCES = ("fonts/atkinson-hyperlegible-400.woff2", "fonts/atkinson-hyperlegible-700.woff2", "css/tokens.css",
           "../partials/signs.html")  # fmt: skip


@dataclass(frozen=True)
class Card:
    """What the card of a page shows, and its file."""

    title: str
    line: str
    address: str
    digest: str
    site_name: str
    language: str

    @property
    def words(self) -> str:
        """The card in words, for those who do not see it."""
        return f"{self.title}. {self.line}"


class Cards:
    """All cards of a site. `cache` is the folder in which they are kept between builds.

    `only_kept` draws none: while the site is served, an edit must show at once, and nobody sends its links.
    """

    def __init__(self, site: Site, cache: Path, *, only_kept: bool = False) -> None:
        self.site = site
        self.cache = cache
        self.only_kept = only_kept

    @cached_property
    def all(self) -> dict[tuple[str, str], Card]:
        """The cards by language and page, those that will have a file. Draws nothing."""
        found = {(locale, name): self._card(locale, name) for locale, pages in self.site.pages.items() for name in pages}
        if self.only_kept:
            return {place: card for place, card in found.items() if (self.cache / f"{card.digest}.png").is_file()}
        return found

    def _card(self, locale: str, name: str) -> Card:
        page, language = self.site.pages[locale][name], self.site.language(locale)
        title, line = page.title, key_line(page)
        shown = "\n".join((_made_with(), title, line, language.site_name, language.name))
        digest = hashlib.sha256(shown.encode()).hexdigest()[:16]
        address = f"{self.site.urls.path(locale, name)}card.{digest[:6]}.png"
        return Card(title, line, address, digest, language.site_name, language.name)

    def files(self) -> dict[str, bytes]:
        """Draw the cards that are not kept yet, and give all by address; what no page shows any more is forgotten.

        Raises ValueError where the words of a card do not fit: the judge has told of that before (judge/cards.py).
        """
        made = {card.address: self._kept(card) or self._drawn(card) for card in self.all.values()}
        if not self.only_kept:
            self._forget({f"{card.digest}.png" for card in self.all.values()})
        return made

    def _forget(self, known: set[str]) -> None:
        with contextlib.suppress(OSError):
            for file in [one for one in self.cache.iterdir() if one.name not in known]:
                file.unlink(missing_ok=True)

    def _kept(self, card: Card) -> bytes:
        with contextlib.suppress(OSError):
            return (self.cache / f"{card.digest}.png").read_bytes()
        return b""

    def _drawn(self, card: Card) -> bytes:
        fit = room.fit(card.title, card.line)
        if fit is None:
            raise ValueError(f"{card.address}: {room.why_not(card.title, card.line)}")
        picture = drawing.draw(fit, card.site_name, card.language)
        with contextlib.suppress(OSError):  # a full or read-only disk costs time at the next build, and nothing else
            self.cache.mkdir(parents=True, exist_ok=True)
            half = self.cache / f"{card.digest}.{os.getpid()}"
            half.write_bytes(picture)
            half.replace(self.cache / f"{card.digest}.png")
        return picture


def _made_with() -> str:
    """Everything but words that decides how a card looks."""
    sources = [drawing.__file__, room.__file__, *(str(room.ASSETS / name) for name in SOURCES)]
    digests = (hashlib.sha256(Path(one).read_bytes()).hexdigest() for one in sources)
    return " ".join((PIL.__version__, *digests))
