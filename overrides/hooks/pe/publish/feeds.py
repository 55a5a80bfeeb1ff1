"""Feeds of medical changes: one a language, for those who want to hear when something that we say changes (Atom, RFC 4287)."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from datetime import date

from pe.ledger import Change
from pe.site import Site

ATOM = "http://www.w3.org/2005/Atom"
NAME = "changes.xml"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def address(site: Site, locale: str) -> str:
    """Give the address of a language's feed below the root of the site."""
    return site.urls.path(locale, "index") + NAME


def build(site: Site) -> dict[str, bytes]:
    """Make the feeds of all languages, by address. Dates are those of the changes, never that of the build."""
    etree.register_namespace("", ATOM)
    return {address(site, locale): _feed(site, locale) for locale in site.pages}


def _feed(site: Site, locale: str) -> bytes:
    t, here = site.say(locale), site.project.site_url + address(site, locale)
    home, site_name = site.urls.absolute(locale, "index"), site.language(locale).site_name
    changes = sorted(site.ledger.changes.values(), key=lambda one: one.date or date.min, reverse=True)
    root = etree.Element(f"{{{ATOM}}}feed", {LANGUAGE: locale})
    _add(root, "id", here)
    _add(root, "title", t("feed.title", site=site_name))
    _add(root, "subtitle", t("feed.subtitle"))
    _add(root, "updated", _moment(changes[0]) if changes else "1970-01-01T00:00:00Z")
    _add(root, "link", rel="self", type="application/atom+xml", href=here)
    _add(root, "link", rel="alternate", type="text/html", hreflang=locale, href=home)
    _add(_add(root, "author"), "name", site_name)
    for change in changes:
        _entry(_add(root, "entry"), change, site, locale)
    etree.indent(root)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(entry: etree.Element, change: Change, site: Site, locale: str) -> None:
    names = _pages(change, site)
    titles = ", ".join(site.pages[locale][name].title for name in names)
    told = locale if locale in change.words else site.project.default  # a language that is only begun has no words yet
    said = change.words[told]
    if told != locale:
        entry.set(LANGUAGE, told)
    _add(entry, "id", f"{site.project.site_url}{address(site, locale)}#{change.id}")
    _add(entry, "title", said.title)
    _add(entry, "updated", _moment(change))
    for rel, name in zip(["alternate"] + ["related"] * len(names), names or ["index"], strict=False):  # one alternate, 4.1.2
        _add(entry, "link", rel=rel, type="text/html", hreflang=locale, href=site.urls.absolute(locale, name))
    _add(entry, "summary", f"{said.text} {site.say(locale)('feed.pages', titles=titles)}" if names else said.text)


def _pages(change: Change, site: Site) -> list[str]:
    """The pages that cite what changed, in the order of the site; none for a change of the whole site."""
    citing = {name for claim in change.claims for name, _ in site.cited_in.get(claim, ())}
    return [name for name in site.order if name in citing]


def _moment(change: Change) -> str:
    return f"{change.date}T00:00:00Z"


def _add(parent: etree.Element, name: str, text: str = "", **attributes: str) -> etree.Element:
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = text or None
    return child
