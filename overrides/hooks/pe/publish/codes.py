"""QR codes: for each page and language the picture of its address, fetched when a reader asks for it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache

import segno

from pe.site import Site

NAME = "qr.svg"  # beside the page
QUIET = 4  # white modules round the code (ISO/IEC 18004, 9.1)
MASK = 0  # any of the eight can be read; to weigh them against each other takes four fifths of the time
CORRECTION = "m"  # 15 % may be unreadable: glare on a display, a scratched camera


def build(site: Site, locale: str) -> Iterator[tuple[str, bytes]]:
    """Make the codes of the pages of a language: address and picture of each."""
    for name in site.pages[locale]:
        yield site.urls.path(locale, name) + NAME, draw(site.urls.absolute(locale, name))


@cache  # while pages are served, those of the last time
def draw(address: str) -> bytes:
    """Draw the code of an address as SVG, which fills whatever window or picture it is shown in. Always black on white."""
    written = io.BytesIO()
    code = segno.make(address, error=CORRECTION, mask=MASK, micro=False)
    code.save(written, kind="svg", border=QUIET, light="#fff", title=address, xmldecl=False, omitsize=True)
    return written.getvalue()
