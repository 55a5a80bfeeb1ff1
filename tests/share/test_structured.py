"""What pages say of themselves to machines fits the words of schema.org, and is what the page shows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest
import yaml
from built import Built, Page
from conftest import ROOT

VOCABULARY: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "schema-org.yml").read_text("utf-8"))
BLOCK = re.compile(r'<script type="?application/ld\+json"?>(.*?)</script>', re.S)
Node = dict[str, Any]


@pytest.fixture(params=["built", "built_below"])
def site(request: pytest.FixtureRequest) -> Built:
    found: Built = request.getfixturevalue(request.param)
    return found


def said(page: Page) -> Node:
    blocks = BLOCK.findall(page.html)
    assert len(blocks) == 1, f"{page}: {len(blocks)} blocks of JSON-LD"
    found: Node = json.loads(blocks[0])
    return found


def kinds(name: str) -> set[str]:
    """A type and all that it is a kind of."""
    return {name}.union(*(kinds(parent) for parent in VOCABULARY[name].get("of", ())))


def expected(name: str, prop: str) -> list[str] | None:
    for kind in kinds(name):
        if prop in VOCABULARY[kind].get("properties", {}):
            found: list[str] = VOCABULARY[kind]["properties"][prop]
            return found
    return None


def fits(value: Any, types: list[str]) -> bool:
    if isinstance(value, dict):
        if set(value) == {"@id"}:  # refers to something that is described where it stands
            return bool(urlsplit(value["@id"]).scheme) and any(one in VOCABULARY for one in types)
        return bool(kinds(value["@type"]) & set(types))
    if isinstance(value, int):
        return "Integer" in types
    if "Date" in types:
        return bool(date.fromisoformat(value))
    return isinstance(value, str) and bool(value) and ("Text" in types or urlsplit(value).scheme in ("http", "https"))


def faults(node: Node, where: str) -> Iterator[str]:
    kind = node.get("@type", "")
    if kind not in VOCABULARY:
        yield f"{where}: unknown type {kind!r}"
        return
    for prop, value in node.items():
        if prop in ("@context", "@type", "@id"):
            continue
        types = expected(kind, prop)
        for one in value if isinstance(value, list) else [value]:
            if types is None or not fits(one, types):
                yield f"{where}: {kind} with {prop} = {str(one)[:80]!r}, expected {types}"
            if isinstance(one, dict) and "@type" in one:
                yield from faults(one, where)


def test_every_page_fits_the_vocabulary(site: Built) -> None:
    wrong = [fault for page in site.pages for fault in faults(said(page), page.url)]
    assert not wrong, "\n".join(wrong[:20])
    assert all(said(page)["@context"] == "https://schema.org" for page in site.pages)


def test_it_says_what_the_page_shows(site: Built) -> None:
    for page in site.pages:
        found = said(page)
        assert found["@id"] == found["url"] == page.url
        assert found["inLanguage"] == page.locale
        assert found["name"] == page.one("h1").text
        assert found["description"] == page.one("meta", name="description").get("content")
        days = {tag.get("datetime") for tag in page.all("time")}
        if days:
            assert found["lastReviewed"] in days
        reviewer = found.get("reviewedBy", {}).get("name", "")
        assert reviewer in BLOCK.sub("", page.html), f"{page} names a reviewer, {reviewer}, whom it does not show"
        if found["@type"] == "MedicalWebPage":
            names = {one["name"] for one in found["about"]}
            assert names, f"{page}: about no illness"
            words = page.one("main").text.casefold()
            assert all(name.split()[0].casefold() in words for name in names), f"{page} does not speak of {names}"


def test_translations_lead_to_each_other(site: Built) -> None:
    for page in site.pages:
        twins = {tag.get("hreflang"): tag.get("href") for tag in page.all("link", rel="alternate") if tag.get("hreflang")}
        original, found = twins["x-default"], said(page)
        if page.url == original:
            assert {one["@id"] for one in found["workTranslation"]} == set(twins.values()) - {original}
            assert "translationOfWork" not in found
        else:
            assert found["translationOfWork"] == {"@id": original}


def test_steps_lead_from_home_to_the_page(site: Built) -> None:
    for page in site.pages:
        steps = said(page).get("breadcrumb", {"itemListElement": []})["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert all(step["item"] in site.by_url for step in steps)
        if steps:
            assert (steps[-1]["item"], steps[-1]["name"]) == (page.url, page.one("h1").text)
        else:
            assert page.one("a", **{"aria-current": "page", "class": "pe-brand"}), f"{page} is not home, and has no steps"


def test_a_page_rests_on_the_list_of_sources_that_it_shows(site: Built) -> None:
    for page in site.pages:
        listed = [tag for tag in page.all("ol") if tag.has_class("pe-sources")]
        citation = said(page).get("citation")
        if not listed:
            assert citation is None or "s1" in page.ids, f"{page} lists no sources, and names {citation}"
            continue
        assert citation["@id"] == f"{page.url}#sources"
        assert citation["name"] == page.one("h2", id="sources").text


def test_the_page_of_sources_gives_doi_or_address_of_each(site: Built) -> None:
    references = yaml.safe_load((ROOT / "docs/evidence/references.yml").read_text("utf-8"))
    for locale in site.locales:
        page = next(page for page in site.of(locale) if "s1" in page.ids)
        found = {urldefrag(one["@id"]).fragment: one.get("url") for one in said(page)["citation"]}
        assert found.keys() == {f"s{entry['number']}" for entry in references.values()}
        for entry in references.values():
            assert found[f"s{entry['number']}"] == (f"https://doi.org/{entry['doi']}" if entry.get("doi") else entry.get("url"))


def test_the_glossary_is_a_set_of_terms(site: Built) -> None:
    for locale in site.locales:
        page = next(page for page in site.of(locale) if "pem" in page.ids)
        terms = said(page)["mainEntity"]
        assert terms["@type"] == "DefinedTermSet"
        headings = {tag.get("id"): tag.text for tag in page.all("h3") if tag.get("id")}
        found = {urldefrag(term["@id"]).fragment: term for term in terms["hasDefinedTerm"]}
        assert found.keys() == {name for name in headings if name in found} and len(found) > 40
        text = page.one("main").text
        for name, term in found.items():
            assert term["name"] == headings[name]
            assert term["description"].split(". ")[0] in text, f"{page}: {name} is explained in other words"
