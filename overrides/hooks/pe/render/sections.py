"""Cut the HTML of a page into its sections, by the ids that its headings carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from pe.page import HELP_STEPS

HEADING = r'^<h{level}[^>]*\bid="([\w-]+)"[^>]*>(.*?)</h{level}>\s*'
H1 = re.compile(r"^<h1[^>]*>(.*?)</h1>\s*", re.M | re.S)
H2 = re.compile(HEADING.format(level=2), re.M | re.S)
H3 = re.compile(HEADING.format(level=3), re.M | re.S)
PARAGRAPH = re.compile(r"<p>.*?</p>\s*", re.S)


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it. `title`, `body`, `after` are HTML, `depth` is 1, 2 or 3.

    `parts` are the three steps of the danger box; `pem` is the condition before tips to move, `after` what follows it.
    `stop` names the mark that stands after it ("you can stop here"), `next` the section to go on with.
    """

    id: str
    title: str
    body: str
    depth: int = 3
    parts: tuple[Section, ...] = ()
    pem: Section | None = None
    after: str = ""
    stop: str = ""
    next: str = ""


@dataclass(frozen=True)
class Body:
    """A page in pieces: the purpose (first paragraph), what else stands before the first h2, the sections."""

    title: str
    purpose: str
    lead: str
    sections: tuple[Section, ...]


def cut(html: str, *, deep: bool) -> Body:
    """Cut a page at its h2 headings; where the page has depths, say of each section how deep it lies."""
    first = H1.search(html)
    rest = html[first.end() :] if first else html
    head, *_ = H2.split(rest, maxsplit=1)
    opening = PARAGRAPH.match(head)
    purpose, lead = (opening.group(0), head[opening.end() :]) if opening else ("", head)
    sections = tuple(_deepen(_sections(rest, H2), deep=deep))
    sections = tuple(_with_stops(sections)) if deep else sections
    return _marked_up(Body(first.group(1) if first else "", _inner(purpose), lead, sections))


def _sections(html: str, pattern: re.Pattern[str]) -> Iterator[Section]:
    found = list(pattern.finditer(html))
    for place, heading in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(html)
        yield Section(heading.group(1), heading.group(2), html[heading.end() : end])


def _deepen(sections: Iterator[Section], *, deep: bool) -> Iterator[Section]:
    for section in sections:
        depth = {"key-points": 1, "get-help-now": 1, "two-minutes": 2}.get(section.id, 3) if deep else 1
        if section.id == "get-help-now":
            steps = tuple(part for part in _sections(section.body, H3) if part.id in HELP_STEPS)
            yield replace(section, body=H3.split(section.body, maxsplit=1)[0], depth=depth, parts=steps)
        else:
            yield replace(_split_at_pem(section), depth=depth)


def _split_at_pem(section: Section) -> Section:
    """Lift the PEM condition (h3 #pem-first and the paragraphs under it) out of the running text."""
    for heading in H3.finditer(section.body):
        if heading.group(1) == "pem-first":
            end = heading.end()
            while paragraph := PARAGRAPH.match(section.body, end):
                end = paragraph.end()
            pem = Section("pem-first", heading.group(2), section.body[heading.end() : end])
            return replace(section, body=section.body[: heading.start()], pem=pem, after=section.body[end:])
    return section


def _inner(paragraph: str) -> str:
    return re.sub(r"^<p>|</p>\s*$", "", paragraph.strip())


def _with_stops(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Mark the last section of each depth but the deepest: there the reader may stop."""
    marks = iter(("first", "second"))
    for place, section in enumerate(sections):
        following = sections[place + 1] if place + 1 < len(sections) else None
        ends = following is not None and following.depth > section.depth
        yield replace(section, stop=next(marks), next=following.id) if ends and following else section


def _marked_up(body: Body) -> Body:
    """Tell the templates that what Markdown made is HTML already."""
    return replace(
        body,
        title=Markup(body.title),
        purpose=Markup(body.purpose),
        lead=Markup(body.lead),
        sections=tuple(_marked_up_section(section) for section in body.sections),
    )


def _marked_up_section(section: Section) -> Section:
    return replace(
        section,
        title=Markup(section.title),
        body=Markup(section.body),
        after=Markup(section.after),
        parts=tuple(_marked_up_section(part) for part in section.parts),
        pem=_marked_up_section(section.pem) if section.pem else None,
    )
