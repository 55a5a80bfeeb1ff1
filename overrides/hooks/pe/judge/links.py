"""Rules about links and pictures: they lead somewhere, and pictures say in words what they show."""

import re
from collections.abc import Iterator

from ..complaint import Complaint, near
from ..page import Page
from .reading import Reading

OUTSIDE = re.compile(r"(https?://[^/\s]+\.[^/\s]+|mailto:[^@\s]+@[^@\s]+\.[^@\s]+|tel:)")
PAGE = re.compile(r"([a-z0-9-]+)\.md(?:#(.*))?")


def links_lead_somewhere(page: Page, reading: Reading) -> Iterator[Complaint]:
    """Each link leads to a page, a heading on it, or a full address."""
    for link in page.links:
        if not OUTSIDE.match(link.target):
            for what in _astray(page, reading, link.target):
                yield page.complain(link.place.line, "link-broken", what)
        if not link.text:
            what = f"the link to `{link.target}` has no words. Say where it leads."
            yield page.complain(link.place.line, "link-words", what)


def _astray(page: Page, reading: Reading, target: str) -> Iterator[str]:
    pages = reading.pages[page.language]
    match = PAGE.fullmatch(target)
    name, anchor = (match[1], match[2]) if match else (page.name, target.removeprefix("#"))
    if match and name not in pages:
        hint = near(name, pages) or f" Pages: {', '.join(pages)}."
        yield f"`{target}` leads to no page in docs/{page.language}/.{hint}"
    elif match or target.startswith("#"):
        ids = pages[name].ids
        if anchor is not None and anchor not in ids and not pages[name].lost:
            hint = near(anchor, ids) or f" Ids there: {', '.join(ids)}."
            yield f"`{target}` leads to no heading: `{anchor}` is not in {pages[name].path}.{hint}"
    else:
        yield f"`{target}` is no address we know. Write `page.md`, `page.md#id` or `https://...`."


def _is_file(page: Page, reading: Reading, target: str) -> bool:
    path = (reading.project.docs / page.language / target.partition("#")[0]).resolve()
    return path.is_relative_to(reading.project.docs.resolve()) and path.is_file()


def pictures_are_there(page: Page, reading: Reading) -> Iterator[Complaint]:
    """Each picture is a file below docs/ and has an alternative text."""
    for image in page.images:
        if not _is_file(page, reading, image.target):
            known = [f"../figures/{one.name}" for one in sorted(reading.project.figures.glob("*.svg"))]
            hint = near(image.target, known) or " Put the file into docs/figures/."
            yield page.complain(image.place.line, "image-broken", f"the picture `{image.target}` is not there.{hint}")
        if not image.text:
            what = f"the picture `{image.target}` has no words. Say between the brackets what it shows."
            yield page.complain(image.place.line, "image-words", what)


RULES = (links_lead_somewhere, pictures_are_there)
