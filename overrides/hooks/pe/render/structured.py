"""What a page says of itself to machines: JSON-LD with the words of schema.org. Nothing that the page does not show.

A reviewer is named only where a clinician approved the page as it stands. What a page rests on is its own list of
sources, named as a part of it; the page of sources says the DOI or address of each: so a page of 120 sources stays light.
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from pe.ledger import Claim
from pe.render.frame import Frame
from pe.render.notes import link

FEW = 10  # claims; a page that touches fewer in passing is about something else
ILLNESSES = {"fibromyalgia": ("fibromyalgia", "both"), "me-cfs": ("me-cfs", "both")}  # term of the glossary -> `about`
WORKS = {"guideline": "CreativeWork", "agency page": "WebPage"}  # the rest are articles


def build(frame: Frame) -> Markup:
    """Write the JSON-LD of a page, safe to stand in a <script>."""
    text = json.dumps(_page(frame), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def _page(frame: Frame) -> dict[str, Any]:
    site, urls, page = frame.site, frame.site.urls, frame.site.pages[frame.locale][frame.name]
    address, home = urls.absolute(frame.locale, frame.name), urls.absolute(frame.locale, "index")
    site_name, default = site.language(frame.locale).site_name, site.project.default
    claims = _claims(frame)
    medical = len(claims) >= FEW
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage" if medical else "WebPage",
        "@id": address,
        "url": address,
        "name": page.title,
        "description": page.description,
        "inLanguage": frame.locale,
        "isPartOf": {"@type": "WebSite", "@id": home + "#site", "url": home, "name": site_name},
    }
    if page.checked:
        found["lastReviewed"] = page.checked.isoformat()
    approval = site.state(frame.locale, frame.name).approval
    if approval and approval.is_current:
        found["reviewedBy"] = {"@type": "Person", "name": approval.name, "jobTitle": approval.profession}
    if medical:
        found["about"] = [
            {"@type": "MedicalCondition", "name": site.terms[frame.locale][term].term}
            for term, kinds in ILLNESSES.items()
            if term in site.terms[frame.locale] and any(claim.about in kinds for claim in claims)
        ]
        found["audience"] = {"@type": "Patient"}
    if frame.name != "index":
        steps = [(site_name, home), (page.title, address)]
        found["breadcrumb"] = {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": place, "name": name, "item": item}
                for place, (name, item) in enumerate(steps, start=1)
            ],
        }
    if frame.locale == default:
        twins = [urls.absolute(twin, frame.name) for twin in site.project.others if frame.name in site.pages[twin]]
        found["workTranslation"] = [{"@id": twin} for twin in twins]
    else:
        found["translationOfWork"] = {"@id": urls.absolute(default, frame.name)}
    if frame.name == "glossary":
        found["mainEntity"] = _terms(frame, page.title, address)
    if citation := _listed(frame):
        found["citation"] = citation
    elif any(claim.id in page.cited for claim in claims):
        name = site.say(frame.voice)("sources.title")
        found["citation"] = {"@type": "WebPageElement", "@id": f"{address}#sources", "name": name}
    return found


def _claims(frame: Frame) -> list[Claim]:
    """The claims that a page states, or that answer what it tells of the articles."""
    ledger = frame.site.ledger
    found: dict[str, Claim] = {}
    for footnote in frame.site.pages[frame.locale][frame.name].cited:
        if footnote in ledger.claims:
            found[footnote] = ledger.claims[footnote]
        elif footnote in ledger.articles:
            found |= {claim.id: claim for claim in ledger.claims_answering(footnote)}
    return list(found.values())


def _listed(frame: Frame) -> list[dict[str, Any]]:
    """The sources that the page of sources lists, with DOI or address where one was seen."""
    address = frame.site.urls.absolute(frame.locale, frame.name)
    known = frame.site.ledger.references
    return [
        {
            "@type": WORKS.get(known[ref].kind, "ScholarlyArticle"),
            "@id": f"{address}#{known[ref].place}",
            **({"url": address_of} if (address_of := link(known[ref])) else {}),
        }
        for ref in frame.site.pages[frame.locale][frame.name].cited
        if ref in known
    ]


def _terms(frame: Frame, title: str, address: str) -> dict[str, Any]:
    return {
        "@type": "DefinedTermSet",
        "@id": f"{address}#terms",
        "name": title,
        "hasDefinedTerm": [
            {"@type": "DefinedTerm", "@id": f"{address}#{term.id}", "name": term.term, "description": term.text}
            for term in frame.site.terms[frame.locale].values()
        ],
    }
