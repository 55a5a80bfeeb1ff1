"""How a page is sent on: its address, message and code, in each language whatever language one reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from babel import Locale
from babel.core import get_global

from pe.cards.files import Card
from pe.publish import codes, feeds
from pe.render import structured
from pe.render.frame import Frame


@dataclass(frozen=True)
class Way:
    """A page in one language, ready to be sent. `message` and `subject` are written as addresses want them (RFC 3986)."""

    locale: str
    language: str
    address: str
    code: str
    subject: str
    message: str
    here: bool


@dataclass(frozen=True)
class Preview:
    """The picture that a message shows with the link: its public address, and what it says."""

    absolute: str
    words: str


def views(frame: Frame, cards: Mapping[tuple[str, str], Card]) -> dict[str, Any]:
    """Give what the templates of every page need to send it on."""
    card = cards.get((frame.locale, frame.name))
    return {
        "ways": ways(frame),
        "card": Preview(frame.site.project.site_url + card.address, card.words) if card else None,
        "tongue": tongue(frame.locale),
        "feed_link": feed(frame),
        "structured": structured.build(frame),
    }


def ways(frame: Frame) -> list[Way]:
    """Give the page in all languages, in the order of the site."""
    site, urls = frame.site, frame.site.urls
    found = []
    for language in site.project.languages:
        title = site.pages[language.locale][frame.name].title
        address = urls.absolute(language.locale, frame.name)
        message = site.say(language.locale)("share.message", title=title, site=language.site_name, address=address)
        found.append(
            Way(
                locale=language.locale,
                language=language.name,
                address=address,
                code=urls.between(frame.here, urls.path(language.locale, frame.name) + codes.NAME),
                subject=quote(title, safe=""),
                message=quote(message, safe=""),
                here=language.locale == frame.locale,
            )
        )
    return found


def feed(frame: Frame) -> str:
    """Give the link to the feed of changes in the language of the page."""
    return frame.site.urls.between(frame.here, feeds.address(frame.site, frame.locale))


def tongue(locale: str) -> str:
    """Write a language as Open Graph wants it, with the country where most speak it: sv -> sv_SE."""
    if "_" in locale or "-" in locale:
        return str(Locale.parse(locale, sep="-" if "-" in locale else "_"))
    likely: Mapping[str, str] = get_global("likely_subtags")
    parts = likely.get(locale, locale).split("_")
    return f"{parts[0]}_{parts[-1]}" if len(parts) > 1 else locale
