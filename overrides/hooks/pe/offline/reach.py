"""Which files of the built site the pages of a language need: followed from the pages, from link to link."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape
from pathlib import Path

from pe.search.address import folder_of
from pe.site import Site

PAGE = "index.html"
LINK = re.compile(r'(?<=\s)(href|src)=("[^"]*"|[^\s>]+)')  # the value in quotes or without
IN_STYLE = re.compile(r"""url\(["']?([^"')]+)""")
NOT_TAKEN = (".zip", ".xml", ".yml", ".json", ".webmanifest", ".png")  # data, feeds, pictures for link previews
PAPER = ".pdf"
PRINT = "print"  # the page below which the sheets of paper lie


def file_of(address: str) -> str:
    """Give the file behind an address of the site: ``sv/integritet/`` -> ``sv/integritet/index.html``."""
    return address + PAGE if not address or address.endswith("/") else address


def resolved(start: str, link: str) -> str | None:
    """Give the address below the root of the site that a link of a page or style leads to; None where it leaves the site."""
    if link.startswith(("#", "/", "?", "http", "mailto:", "tel:")):  # most links of a page, and quickly told
        return None
    return _below(posixpath.dirname(start), unescape(link).partition("#")[0].partition("?")[0])


@lru_cache(maxsize=4096)  # pages link to the same few over and over
def _below(folder: str, path: str) -> str | None:
    if not path or ":" in path:
        return None
    found = posixpath.normpath(posixpath.join(folder, path))
    if found.startswith(".."):
        return None
    return ("" if found == "." else found + "/") if path.endswith(("/", "/.", "/..")) or path in (".", "..") else found


@dataclass(frozen=True)
class Reach:
    """The files of one language in the folder of the built site. `seeds` are taken whether or not a page names them."""

    site: Site
    folder: Path
    locale: str
    seeds: tuple[str, ...]

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """Addresses of the pages, in the order of the nav."""
        return tuple(self.site.urls.path(self.locale, name) for name in self.site.order)

    @cached_property
    def others(self) -> tuple[str, ...]:
        """Addresses of all that is no page, sorted: styles, scripts, fonts, pictures, search, sheets of paper."""
        known = {file_of(page) for page in self.pages}
        found = {one for one in self.seeds if self._is_taken(one)} | set(self._search())
        waiting = [*sorted(known), *sorted(found)]
        while waiting:
            file = waiting.pop()
            for target in self._named_by(file):
                if target not in found and target not in known and self._is_taken(target):
                    found.add(target)
                    waiting.append(target)
        return tuple(sorted(found))

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """What is kept on a device that keeps the whole language: all but the sheets of paper."""
        return (*self.pages, *(one for one in self.others if not one.endswith(PAPER)))

    def size(self, addresses: Iterable[str]) -> int:
        """Add up how many bytes the files behind addresses have."""
        return sum((self.folder / file_of(one)).stat().st_size for one in addresses)

    def _named_by(self, file: str) -> Iterator[str]:
        links: list[str] = []
        if file.endswith(".html"):
            links = [quoted.strip('"') for _, quoted in LINK.findall((self.folder / file).read_text("utf-8"))]
        elif file.endswith(".css"):
            links = IN_STYLE.findall((self.folder / file).read_text("utf-8"))
        for link in links:
            target = resolved(file, link)
            if target is not None:
                yield target

    def _is_taken(self, address: str) -> bool:
        if not posixpath.splitext(address)[1] or address.endswith((".html", *NOT_TAKEN)):
            return False
        if address.endswith(PAPER) and not address.startswith(self._paper):
            return False
        return (self.folder / address).is_file()

    @cached_property
    def _paper(self) -> str:
        return self.site.urls.path(self.locale, PRINT) if PRINT in self.site.pages[self.locale] else "-"

    def _search(self) -> Iterator[str]:
        for file in (self.folder / folder_of(self.locale)).rglob("*.*"):
            yield file.relative_to(self.folder).as_posix()
