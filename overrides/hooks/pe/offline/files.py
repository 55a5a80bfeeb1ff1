"""All that is made for reading without a connection, once the pages are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from babel import Locale
from babel.numbers import format_decimal

from pe.aside import Aside, alone, made_apart
from pe.offline import icons, manifest, stick, worker
from pe.offline.not_kept import not_kept
from pe.offline.reach import Reach, file_of
from pe.publish import policy
from pe.render import words
from pe.render.frame import Frame
from pe.render.renderer import Renderer
from pe.site import Site

PAGE = "offline"
ALL, STICK = "@@size-of-all@@", "@@size-of-stick@@"  # filled in when the pages are there to be weighed
MEGABYTE = 1_000_000


def is_on(site: Site) -> bool:
    """Say whether pages may be kept: OFFLINE=no takes the worker away from all devices."""
    return site.project.setting("offline") != "no"


def views(frame: Frame, *, made: bool) -> dict[str, Any]:
    """Give what the templates of a page show; `made` says whether worker and zip are made in this build."""
    site, locale = frame.site, frame.locale
    if PAGE not in site.pages[locale]:
        return {"keeps": False, "manifest_link": ""}
    return {
        "keeps": made and is_on(site),
        "manifest_link": site.urls.between(frame.here, manifest.address(site, locale)) if made else "",
        "stick_link": site.urls.between(frame.here, stick_address(site, locale)) if made else "",
        "tongue_here": words.language(locale, locale),
        "size_of_all": ALL,
        "size_of_stick": STICK,
    }


def stick_address(site: Site, locale: str) -> str:
    """Give the address of a language's zip, named after the site: ``sv/utan-internet/smarta-energi.zip``."""
    return f"{site.urls.path(locale, PAGE)}{stem(site, locale)}.zip"


def stem(site: Site, locale: str) -> str:
    """Name the folder in the zip: the name of the site in plain letters."""
    plain = unicodedata.normalize("NFKD", site.language(locale).site_name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or locale


def build(renderer: Renderer, folder: Path, *, serving: bool) -> dict[str, bytes]:
    """Make what is written beside the pages in `folder`, by address; the page about it is written anew, with the sizes.

    While the site is served for editing there is only the worker that takes itself away: nothing old is shown then.
    """
    site = renderer.site
    if serving or any(PAGE not in pages for pages in site.pages.values()):
        return worker.gone(site)
    drawn = icons.build(site.project.root / "overrides" / "assets" / "images" / "favicon.svg")
    made = dict(drawn.values()) | manifest.build(site, drawn)
    reaches = [Reach(site, folder, locale, tuple(sorted(renderer.names.values()))) for locale in site.pages]
    packing = [Aside(partial(_packed, renderer, reach), apart=alone()) for reach in reaches]
    sizes = [_size(reach.size(reach.kept), reach.locale) for reach in reaches]
    for reach, size, aside in zip(reaches, sizes, packing, strict=True):
        address = stick_address(site, reach.locale)
        packed = made[address] = aside.result().pop(address)
        file = file_of(site.urls.path(reach.locale, PAGE))
        html = (folder / file).read_text("utf-8").replace(ALL, size)
        made[file] = html.replace(STICK, _size(len(packed), reach.locale)).encode()
    if not is_on(site):
        return made | worker.gone(site)
    made |= made_apart(lambda: [(worker.NOT_KEPT, not_kept(renderer))])  # what it loads is large
    return made | worker.build(site, renderer.names, reaches, made)


def _packed(renderer: Renderer, reach: Reach) -> Iterator[tuple[str, bytes]]:
    """The zip of a language, with its address."""
    site, locale = renderer.site, reach.locale
    home = site.urls.path(locale, "index")
    taken = {file_of(page) for page in reach.pages} | set(reach.others)
    made = {}
    for name in site.order:
        address = site.urls.path(locale, name)
        note = renderer.templates.get_template("partials/copy.html").render(
            t=site.say(locale),
            day=words.day(_newest(site, locale), locale),
            newest=site.urls.absolute(locale, name),
        )
        html = (reach.folder / file_of(address)).read_text("utf-8")
        made[file_of(address)] = stick.page(html, address, taken, site.project.site_url, note)
    if home:
        moved = renderer.templates.get_template("moved.html").render(
            locale=locale,
            direction=words.direction(locale),
            title=site.language(locale).site_name,
            canonical=site.urls.absolute(locale, "index"),
            link=file_of(home),
        )
        made["index.html"] = policy.seal(moved)
    yield stick_address(site, locale), stick.pack(reach.folder, stem(site, locale), reach.others, made)


def _newest(site: Site, locale: str) -> date:
    """The day on which what stands in the copy was last checked or changed; not that of the build."""

    def days() -> Iterator[date]:
        yield from (page.checked for page in site.pages[locale].values() if page.checked)
        yield from (claim.updated for claim in site.ledger.claims.values() if claim.updated)

    return max(days())


def _size(number: int, locale: str) -> str:
    """Write a size in megabytes, with the sign that the language has for decimals."""
    return str(format_decimal(max(number / MEGABYTE, 0.1), format="0.0", locale=Locale.parse(locale, sep="-")))
