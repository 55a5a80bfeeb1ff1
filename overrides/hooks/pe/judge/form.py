"""Rules about the form of one page: title, headings, ids, reserved sections."""

import itertools
import re
from collections.abc import Iterator

from ..complaint import Complaint
from ..page import (
    CAUSES,
    HELP,
    HELP_STEPS,
    KEY_POINTS,
    KNOWN,
    MAY_HELP,
    PEM_FIRST,
    QUESTIONS,
    STEPS,
    TWO_MINUTES,
    Page,
)
from ..slugs import LONGEST
from .reading import Reading

HEADING_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
ORDER = (KEY_POINTS, HELP, TWO_MINUTES, KNOWN, CAUSES, MAY_HELP, STEPS, QUESTIONS)
TOPIC_NEEDS = tuple(one for one in ORDER if one != HELP)


def title_is_heading(page: Page, _: Reading) -> Iterator[Complaint]:
    """The page has one h1, first of all, with the words of the title."""
    tops = [one for one in page.headings if one.level == 1]
    if not tops and page.title:
        what = f"found no first heading, expected `# {page.title}`. Write it below the front matter."
        yield page.complain(page.first_line, "heading-title", what)
    if not tops:
        return
    for extra in tops[1:]:
        what = f"found a second first-level heading, “{extra.text}”. Write it with `##`."
        yield page.complain(extra.line, "heading-title", what)
    if page.headings[0].level != 1:
        what = "found a heading before the first-level one. Move it below."
        yield page.complain(page.headings[0].line, "heading-title", what)
    if page.title and tops[0].text != page.title:
        what = f"found “{tops[0].text}”, expected the title “{page.title}”. Use the same words for both."
        yield page.complain(tops[0].line, "heading-title", what)


def headings_have_ids(page: Page, _: Reading) -> Iterator[Complaint]:
    """Every heading below h1 has an English id of its own, and levels follow each other."""
    seen: dict[str, int] = {}
    level = 1
    for one in page.headings:
        if one.level > level + 1:
            what = f"found level {one.level} after level {level}, expected {level + 1} at most. Take a # away."
            yield page.complain(one.line, "heading-level", what)
        level = one.level
        if one.level == 1:
            continue
        if not one.id:
            what = f"the heading “{one.text}” has no id. Write `{{ #english-id }}` at its end, as in the other languages."
            yield page.complain(one.line, "heading-id", what)
        elif not HEADING_ID.fullmatch(one.id):
            what = f"found the id `{one.id}`, expected English words in small letters with hyphens. Rename it."
            yield page.complain(one.line, "heading-id", what)
        elif len(one.id) > LONGEST:
            what = f"found an id of {len(one.id)} signs, expected {LONGEST} at most: `{one.id[:LONGEST]}`... Shorten it."
            yield page.complain(one.line, "heading-id", what)
        elif one.id in seen:
            what = f"the id `{one.id}` stands twice: first on line {seen[one.id]}. Rename one of the two."
            yield page.complain(one.line, "heading-id", what)
        seen.setdefault(one.id, one.line)


def reserved_sections(page: Page, _: Reading) -> Iterator[Complaint]:
    """Sections with a meaning have their level and order; a topic page has all of them."""
    chapters = [one.id for one in page.chapters]
    for heading in page.headings:
        if heading.id in ORDER and heading.level != 2:
            what = f"`{heading.id}` is a heading of level {heading.level}, expected 2. Write it with `##`."
            yield page.complain(heading.line, "section-order", what)
        if heading.id in (*HELP_STEPS, PEM_FIRST) and heading.level != 3:
            what = f"`{heading.id}` is a heading of level {heading.level}, expected 3. Write it with `###`."
            yield page.complain(heading.line, "section-order", what)
    found = [one for one in chapters if one in ORDER]
    for before, after in itertools.pairwise(found):
        if ORDER.index(before) > ORDER.index(after):
            what = f"found `{after}` after `{before}`, expected it before. Order: {', '.join(ORDER)}."
            yield page.complain(page.ids[after].line, "section-order", what)
    if page.kind == "topic":
        for needed in TOPIC_NEEDS:
            if needed not in chapters:
                what = f"the section `{needed}` is missing; every topic page has it. Write `## ... {{ #{needed} }}`."
                yield page.complain(page.first_line, "section-missing", what)


def review_after_check(page: Page, _: Reading) -> Iterator[Complaint]:
    """The next check comes after the last one."""
    if page.checked and len(page.review) == 7 and page.review <= page.checked.isoformat()[:7]:
        what = f"`review` is {page.review}, not later than `checked` {page.checked}. Write a later month."
        yield page.complain(page.front.raw.line_of("review"), "date", what)


def titles_are_unique(reading: Reading) -> Iterator[Complaint]:
    """No two pages of a language have the same title or description."""
    for pages in reading.pages.values():
        for key in ("title", "description"):
            seen: dict[str, Page] = {}
            for page in pages.values():
                text = getattr(page, key)
                if text and text in seen:
                    what = f"`{key}` is the same as in {seen[text].path}. Say what is special about this page."
                    yield page.complain(page.front.raw.line_of(key), "title-twice", what)
                seen.setdefault(text, page)


RULES = (title_is_heading, headings_have_ids, reserved_sections, review_after_check)
SITE_RULES = (titles_are_unique,)
