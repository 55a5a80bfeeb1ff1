"""The service worker and, for each language, the list of what it keeps. Its source is overrides/assets/worker/."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import get_month_names

from pe.offline.reach import NOT_TAKEN, Reach, file_of
from pe.publish import spoken
from pe.publish.scripts import small
from pe.search.address import words_of
from pe.site import Site

ADDRESS = "worker.js"  # never changes: a browser looks here for the next version
NOT_KEPT = "not-kept.html"
SHARED = ("favicon.svg",)
CORE = ("site.js", "opened.css", "offline.js", "favicon.svg")
SEARCH = ("guess.js", "find.js", "search.js")
CORE_PAGES = ("index", "get-help", "offline")
PLACE = '"@@build@@"'


def list_of(locale: str) -> str:
    """Give the address of the list of a language."""
    return f"kept/{locale}.json"


def build(site: Site, names: Mapping[str, str], reaches: Sequence[Reach], made: Mapping[str, bytes]) -> dict[str, bytes]:
    """Make the worker and its lists, by address. `made` are files that this build has still to write.

    The version is a digest of all that can be kept, and of the worker itself.
    """
    source = _source(site, "worker.js")
    digest = hashlib.sha256(source.encode() + made[NOT_KEPT])
    for reach in reaches:
        for address in reach.kept:
            file = file_of(address)
            digest.update(address.encode() + b"\0" + (made.get(file) or (reach.folder / file).read_bytes()))
    version = digest.hexdigest()[:12]
    content = {
        "version": version,
        "shared": [NOT_KEPT, *(names[plain] for plain in SHARED)],
        "words": {locale: _words(site, locale) for locale in site.pages},
        "passed": NOT_TAKEN,
        "full": {locale: site.say(locale)("offline.full_note") for locale in site.pages},
    }
    made = {ADDRESS: source.replace(PLACE, _json(content)).encode()}
    for reach in reaches:
        known = {"version": version, "language": reach.locale, "core": list(_core(site, names, reach)), "all": reach.kept}
        made[list_of(reach.locale)] = _json(known).encode()
    return made


def gone(site: Site) -> dict[str, bytes]:
    """Give the worker that takes an older one away, and itself, with all that was kept."""
    return {ADDRESS: _source(site, "gone.js").encode()}


def _core(site: Site, names: Mapping[str, str], reach: Reach) -> Iterator[str]:
    """What is kept at once, whatever a reader opens: home, help, the page about it, and what they need."""
    pages: Collection[str] = site.pages[reach.locale]
    yield from (site.urls.path(reach.locale, name) for name in CORE_PAGES if name in pages)
    yield from (names[plain] for plain in (*CORE, *spoken.names(reach.locale)))
    if (words := words_of(reach.locale)) in reach.others:
        yield from (words, *(names[plain] for plain in SEARCH))


def _words(site: Site, locale: str) -> dict[str, Any]:
    """What the worker writes on a copy; the names of months as Babel has them, because a browser has other forms."""
    months = get_month_names("wide", context="format", locale=Locale.parse(locale, sep="-"))
    return {"copy": site.say(locale)("offline.copy"), "months": [months[number] for number in range(1, 13)]}


def _source(site: Site, name: str) -> str:
    file: Path = site.project.root / "overrides" / "assets" / "worker" / name
    return small({name: file.read_text("utf-8")})[name]


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
