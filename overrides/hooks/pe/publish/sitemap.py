"""The map of the site for search engines: each page with its twins in the other languages."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from pe.site import Site

MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def build(site: Site) -> dict[str, bytes]:
    """Make sitemap.xml (sitemaps.org 0.9). `lastmod` is the day a page was last checked, never the day of the build."""
    etree.register_namespace("", MAP)
    etree.register_namespace("xhtml", XHTML)
    root = etree.Element(f"{{{MAP}}}urlset")
    for locale, pages in site.pages.items():
        for name in (one for one in site.order if not pages[one].stub):
            entry = etree.SubElement(root, f"{{{MAP}}}url")
            etree.SubElement(entry, f"{{{MAP}}}loc").text = site.urls.absolute(locale, name)
            if checked := pages[name].checked:
                etree.SubElement(entry, f"{{{MAP}}}lastmod").text = checked.isoformat()
            locales = [twin for twin in site.project.locales if not site.pages[twin][name].stub]
            twins = [*zip(locales, locales, strict=True), ("x-default", site.project.default)]
            for hreflang, twin in twins:
                link = {"rel": "alternate", "hreflang": hreflang, "href": site.urls.absolute(twin, name)}
                etree.SubElement(entry, f"{{{XHTML}}}link", link)
    etree.indent(root)
    return {"sitemap.xml": etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"}
