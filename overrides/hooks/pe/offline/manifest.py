"""The manifest of a language: how the site looks among the apps of a device (W3C Web Application Manifest)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pe.cards.drawing import colour
from pe.render import words
from pe.site import Site

NAME = "site.webmanifest"  # beside the home page of the language


def address(site: Site, locale: str) -> str:
    """Give the address of a language's manifest."""
    return site.urls.path(locale, "index") + NAME


def build(site: Site, icons: Mapping[tuple[str, int], tuple[str, bytes]]) -> dict[str, bytes]:
    """Make the manifests of all languages, by address. All addresses in them are relative, so they hold at any base path."""
    return {address(site, locale): _manifest(site, locale, icons) for locale in site.pages}


def _manifest(site: Site, locale: str, icons: Mapping[tuple[str, int], tuple[str, bytes]]) -> bytes:
    home = site.urls.path(locale, "index")
    name = site.language(locale).site_name
    content = {
        "name": name,
        "short_name": name,
        "description": site.pages[locale]["index"].description,
        "lang": locale,
        "dir": words.direction(locale),
        "start_url": "./",
        "scope": site.urls.between(home, ""),  # the whole site: the other languages stay in the same window
        "display": "minimal-ui",  # with a way back and the address
        "background_color": colour("ground"),
        "theme_color": colour("ground"),
        "icons": [
            {"src": site.urls.between(home, icon), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for (purpose, size), (icon, _) in icons.items()
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
