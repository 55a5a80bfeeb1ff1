"""What our pages need beyond plain Markdown, as one Python-Markdown extension.

Footnotes that cite the ledger, tables that can be read on a phone, headings with a link to themselves, links to pages
and the glossary, drawings set into the page.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from pe.page import HELP_STEPS

FOOTNOTE = re.compile(r"\[\^([\w-]+)\]")
FOOTNOTES = re.compile(rf"(?:{FOOTNOTE.pattern})+")
GLOSSARY = re.compile(r"(?:^|/)glossary\.md#[\w-]+$")
MARKS = re.compile(r"\s*(?:\x02wzxhzdk:\d+\x03\s*)+")  # Python-Markdown's own sign for HTML that it will put in last
PAGE = re.compile(r"([\w-]+)\.md(?:#([\w-]+))?")
REFUSED = ("html", "entity", "autolink", "automail", "reference", "image_reference", "short_reference", "short_image_ref")
FIGURE = re.compile(r"(?:^|/)figures/([\w-]+)\.svg$")


@dataclass(frozen=True)
class Answers:
    """What the extension asks of the page being rendered; each call gives HTML.

    cite: a footnote id -> its mark; draw: a drawing's name -> the drawing;
    place: a page and a section of it (or none) -> the address.
    """

    cite: Callable[[str], str]
    draw: Callable[[str], str]
    place: Callable[[str, str], str]


class Pages(Extension):
    """The extension. `answers` is read anew for each page, so one instance serves a whole build."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: Answers | None = None

    def extendMarkdown(self, md: Markdown) -> None:
        """Take part in the making of one page."""
        md.preprocessors.register(_Footnotes(md, self), "pe-footnotes", 15)  # after white space is settled (30)
        md.treeprocessors.register(_Tables(md), "pe-tables", 15)  # after inline (20)
        md.treeprocessors.register(_Links(md, self), "pe-links", 14)
        md.treeprocessors.register(_Headings(md, self), "pe-headings", 6)  # after attr_list (8) has set the ids


def converter(extensions: Iterable[str], pages: Pages) -> Markdown:
    """Make what turns pages into HTML, one after the other. It does not look for what the judge refuses in a page."""
    md = Markdown(extensions=[*extensions, pages])
    md.preprocessors.deregister("html_block")
    md.parser.blockprocessors.deregister("reference")
    for name in REFUSED:
        md.inlinePatterns.deregister(name)
    return md


class _Footnotes(Preprocessor):
    """Put each mark in before the text is taken apart: so it is passed over, not looked at by every inline pattern."""

    def __init__(self, md: Markdown, pages: Pages) -> None:
        super().__init__(md)
        self.pages = pages

    def run(self, lines: list[str]) -> list[str]:
        if (answers := self.pages.answers) is None:
            return lines

        def marks(found: re.Match[str]) -> str:
            cited = dict.fromkeys(map(answers.cite, FOOTNOTE.findall(found[0])))  # claims of one entry share a mark
            return "".join(map(self.md.htmlStash.store, cited))

        return [FOOTNOTES.sub(marks, line) if "[^" in line else line for line in lines]


class _Tables(Treeprocessor):
    """Give each table row headers and a label in each cell: on a phone a row becomes a sheet (site.js adds roles)."""

    def run(self, root: etree.Element) -> None:
        for parent in list(root.iter()):
            for place, table in enumerate(list(parent)):
                if table.tag == "table":
                    self._dress(table)
                    parent[place] = _wrapped(table, "div", "pe-tablebox")

    def _dress(self, table: etree.Element) -> None:
        table.set("class", "pe-table")
        heads = table.findall("./thead/tr/th")
        for head in heads:
            _align_by_class(head)
            head.set("scope", "col")
        for row in table.findall("./tbody/tr"):
            row.set("class", "pe-row pe-far")  # content.html says what is far
            for number, cell in enumerate(list(row)):
                _align_by_class(cell)
                if number == 0:
                    cell.tag = "th"
                    cell.set("scope", "row")
                    continue
                if MARKS.fullmatch(cell.text or "") and not len(cell):
                    cell.set("class", "pe-cell-sure")
                elif not "".join(cell.itertext()).strip():
                    cell.set("class", "pe-blank")  # to be filled in by hand
                _label(cell, "".join(heads[number].itertext()) if number < len(heads) else "")


def _align_by_class(cell: etree.Element) -> None:
    """Python-Markdown writes style="text-align: right;", which the security policy forbids."""
    style = cell.attrib.pop("style", "")
    if "right" in style:
        cell.set("class", "pe-right")


def _label(cell: etree.Element, text: str) -> None:
    label = etree.Element("span", {"class": "pe-label", "aria-hidden": "true"})
    label.text = text
    label.tail = cell.text
    cell.text = ""
    cell.insert(0, label)


class _Headings(Treeprocessor):
    """Make each h3 the link that leads to it; the templates do so for h2.

    Not the steps of the danger box: what says "call" must not be a link that does not call.
    """

    def __init__(self, md: Markdown, pages: Pages) -> None:
        super().__init__(md)
        self.pages = pages

    def run(self, root: etree.Element) -> None:
        for heading in root.iter("h3"):
            name = heading.get("id")
            if self.pages.answers and name and name not in HELP_STEPS:
                link = etree.Element("a", {"href": f"#{name}"})
                link.text, link[:] = heading.text, list(heading)
                heading.text, heading[:] = "", [link]


class _Links(Treeprocessor):
    def __init__(self, md: Markdown, pages: Pages) -> None:
        super().__init__(md)
        self.pages = pages

    def run(self, root: etree.Element) -> None:
        answers = self.pages.answers
        if answers is None:
            return
        for link in root.iter("a"):
            href = link.get("href", "")
            if GLOSSARY.search(href):
                link.set("class", "pe-term")
            elif href.startswith(("http://", "https://")):
                link.set("rel", "noreferrer")
            if page := PAGE.fullmatch(href):
                link.set("href", answers.place(page.group(1), page.group(2) or ""))
        for parent in list(root.iter()):
            for place, child in enumerate(list(parent)):
                if child.tag == "ol" and len(child) and all(_picture(item) is not None for item in child):
                    self._draw(child)
                    parent[place] = _wrapped(child, "figure", "pe-figure")
                elif child.tag == "p" and _picture(child) is not None and parent.tag != "li":
                    self._draw(child)
                    child.tag = "div"
                    parent[place] = _wrapped(child, "figure", "pe-figure")

    def _draw(self, element: etree.Element) -> None:
        """Put the drawings of docs/figures in the place of the images that name them."""
        answers = self.pages.answers
        for parent in list(element.iter()):
            for place, image in enumerate(list(parent)):
                if answers and image.tag == "img" and (figure := FIGURE.search(image.get("src", ""))):
                    words = image.get("alt", "")
                    said = {"role": "img", "aria-label": words} if words else {"aria-hidden": "true"}
                    # in a span: a piece of HTML that stands alone in its block would be taken for a block
                    holder = parent[place] = etree.Element("span", {"class": "pe-drawing", **said})
                    holder.text = self.md.htmlStash.store(answers.draw(figure.group(1)))
                    holder.tail = image.tail


def _picture(element: etree.Element) -> etree.Element | None:
    """The drawing that an element starts with, if it starts with one."""
    first = next(iter(element), None)
    if first is not None and first.tag == "p" and not (element.text or "").strip():
        first = next(iter(first), None)
    is_drawing = first is not None and first.tag == "img" and FIGURE.search(first.get("src", ""))
    return first if is_drawing else None


def _wrapped(element: etree.Element, tag: str, name: str) -> etree.Element:
    holder = etree.Element(tag, {"class": name})
    holder.append(element)
    holder.tail, element.tail = element.tail, None
    return holder
