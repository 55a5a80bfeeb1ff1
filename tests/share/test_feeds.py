"""Feeds keep the rules of Atom (RFC 4287) and tell in each language what changed."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from built import Built
from conftest import ROOT

from pe.judge import judged
from pe.ledger import Change, Said
from pe.publish import feeds
from pe.site import Site

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
ADDRESS = re.compile(r"https?://[^\s/]+/\S*")
CHANGES = yaml.safe_load((ROOT / "docs/evidence/changes.yml").read_text("utf-8"))


def faults(root: etree.Element) -> list[str]:
    """What in a feed breaks RFC 4287, sections 4.1.1 (feed), 4.1.2 (entry), 4.2.6 (id), 4.2.7 (link), 3.3 (dates)."""
    found: list[str] = []
    if root.tag != f"{ATOM}feed":
        return [f"the root is {root.tag}"]
    entries = root.findall(f"{ATOM}entry")
    for node, name in [(root, "feed"), *((entry, "entry") for entry in entries)]:
        for once in ("id", "title", "updated"):
            if len(node.findall(f"{ATOM}{once}")) != 1 or not (node.findtext(f"{ATOM}{once}") or "").strip():
                found.append(f"{name}: {once} must stand there once, with text")
        if not ADDRESS.fullmatch(node.findtext(f"{ATOM}id") or ""):
            found.append(f"{name}: id is no absolute address")
        if not MOMENT.fullmatch(node.findtext(f"{ATOM}updated") or ""):
            found.append(f"{name}: updated is no date of RFC 3339")
        links = node.findall(f"{ATOM}link")
        places = [(link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"]
        if len(places) != len(set(places)):
            found.append(f"{name}: two alternate links of one type and language")
        found += [f"{name}: link without address" for link in links if not ADDRESS.fullmatch(link.get("href", ""))]
        if name == "entry" and node.find(f"{ATOM}content") is None and not places:
            found.append("entry: neither content nor alternate link")
        if len(node.findall(f"{ATOM}summary")) > 1:
            found.append("entry: two summaries")
    if not [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]:
        found.append("feed: no link to itself")
    if root.find(f"{ATOM}author/{ATOM}name") is None:
        found.append("feed: no author, and entries have none")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    return found + [f"entry: the id {one} twice" for one in set(ids) if ids.count(one) > 1]


@pytest.mark.parametrize("base", ["built", "built_below"])
def test_each_language_has_a_feed_that_its_pages_name(base: str, request: pytest.FixtureRequest) -> None:
    site: Built = request.getfixturevalue(base)
    for page in site.pages:
        link = page.one("link", type="application/atom+xml")
        address = next(url for tag, url, _ in site.links(page) if tag is link)
        root = etree.parse(site.file(address)).getroot()
        assert faults(root) == []
        assert root.get(LANGUAGE) == page.locale
        assert root.find(f"{ATOM}link[@rel='self']").get("href") == address  # type: ignore[union-attr]
        said = [(entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}summary")) for entry in root.findall(f"{ATOM}entry")]
        for change in CHANGES.values():
            title, text = change["words"][page.locale]["title"], change["words"][page.locale]["text"]
            assert any(one == title and (summary or "").startswith(text) for one, summary in said)
        for one in root.iter(f"{ATOM}link"):
            if one.get("rel") != "self":
                assert one.get("href") in site.by_url, f"{address} leads to {one.get('href')}, which is no page"
        signed = any(tag.has_class("pe-signed") for tag in page.all("div"))
        shown = [tag for tag in page.all("a") if tag.get("href") == link.get("href")]
        assert shown or not signed, f"{page} shows no link to its feed"


def test_a_change_names_the_pages_that_cite_it_and_the_newest_stands_first() -> None:
    reading, _ = judged(ROOT)
    assert reading is not None
    words = {one: Said(f"Magnesium {one}", "We looked again.") for one in reading.project.locales}
    changes = {
        "magnesium-again": Change("magnesium-again", date(2027, 2, 3), ("magnesium-cramps",), words, 1),
        **reading.ledger.changes,
    }
    site = Site(replace(reading, ledger=replace(reading.ledger, changes=changes)))
    for locale, pages in site.pages.items():
        root = etree.fromstring(feeds.build(site)[feeds.address(site, locale)])
        assert faults(root) == []
        assert root.findtext(f"{ATOM}updated") == "2027-02-03T00:00:00Z"
        first = root.find(f"{ATOM}entry")
        assert first is not None
        assert first.findtext(f"{ATOM}title") == f"Magnesium {locale}"
        citing = {name for name, page in pages.items() if "magnesium-cramps" in page.cited}
        assert len(citing) > 1
        links = {link.get("href") for link in first.findall(f"{ATOM}link")}
        assert links == {site.urls.absolute(locale, one) for one in citing}
        assert all(pages[name].title in (first.findtext(f"{ATOM}summary") or "") for name in citing)


def test_the_checker_of_this_test_finds_faults() -> None:
    broken = etree.fromstring(
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><entry><updated>today</updated></entry></feed>'
    )
    assert len(faults(broken)) > 6


def test_the_change_log_is_open_data(built: Built) -> None:
    assert Path(built.folder / "evidence/changes.json").is_file()
