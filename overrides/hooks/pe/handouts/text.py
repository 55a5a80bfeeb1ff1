"""A page's Markdown as plain data: sections of paragraphs, lists and tables, each a row of runs. No markup is left in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pe import blocks
from pe.complaint import Complaint
from pe.inline import LINK, NOTE, stops, unmarked
from pe.page import Page

BLANKS = re.compile(r"\s+")
PARTS = re.compile(f"{LINK.pattern}|{NOTE.pattern}")  # groups: picture, words, rest of the address, footnote


@dataclass(frozen=True, slots=True)
class Run:
    """Words, a link or a footnote mark. `target` is the address as written, `note` the footnote's id."""

    text: str
    target: str = ""
    note: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph (`kind` "p", one entry), a list ("ul", "ol", one entry an item) with the line where it starts."""

    kind: str
    line: int
    entries: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A table row and its line in the file."""

    line: int
    cells: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its header and its rows."""

    line: int
    header: Row
    rows: tuple[Row, ...]


@dataclass(slots=True)
class Section:
    """What stands between a heading and the next one. `chapter` is the id of the h2 that it belongs to."""

    id: str
    title: str
    level: int
    line: int
    chapter: str
    parts: list[Part | Table] = field(default_factory=list)

    @property
    def tables(self) -> list[Table]:
        """Give the tables alone."""
        return [one for one in self.parts if isinstance(one, Table)]


def sections(page: Page) -> list[Section]:
    """Cut a page into its sections, in order; what stands before the first h2 belongs to the h1."""
    unheard: list[Complaint] = []  # the judge has told them already
    found = [Section("", page.title, 1, page.first_line, "")]
    chapter = ""
    for block in blocks.scan(page.text.split("\n"), page.first_line, page.path, unheard):
        line, text = block.lines[0]
        if block.kind == "heading" and (heading := blocks.HEADING.match(text)):
            level = len(heading[1])
            mark = blocks.HEADING_ID.search(heading[2])
            id_ = mark[1] if mark else ""
            if level > 1:
                chapter = id_ if level == 2 else chapter
                found.append(Section(id_, words(runs(blocks.HEADING_ID.sub("", heading[2]))), level, line, chapter))
        elif block.kind == "table":
            found[-1].parts.append(_table(block))
        elif block.kind == "list":
            found[-1].parts.append(_list(block))
        else:
            found[-1].parts.append(Part("p", line, (runs(" ".join(one for _, one in block.lines)),)))
    return found


def _list(block: blocks.Block) -> Part:
    items: list[list[str]] = []
    for _, text in block.lines:
        item = blocks.ITEM.match(text)
        if item:
            items.append([item[4]])
        else:
            items[-1].append(text.strip())
    first = blocks.ITEM.match(block.lines[0][1])
    return Part("ol" if first and first[3] else "ul", block.lines[0][0], tuple(runs(" ".join(item)) for item in items))


def _table(block: blocks.Block) -> Table:
    rows = [
        Row(line, tuple(runs(cell) for cell in blocks.cells(text)))
        for line, text in block.lines
        if not blocks.DELIMITER.fullmatch(text.strip())
    ]
    return Table(block.lines[0][0], rows[0], tuple(rows[1:]))


def runs(markdown: str) -> Runs:
    """Take one line of Markdown apart. Pictures are left out: on paper the words beside them say it."""
    return tuple(_tidy(_runs(markdown)))


def _runs(markdown: str) -> Iterator[Run]:
    start = 0
    for match in PARTS.finditer(markdown):
        yield Run(markdown[start : match.start()])
        start = match.end()
        if match[4]:
            yield Run("", note=match[4])
        elif not match[1]:
            yield Run(_plain(match[2]).strip(), target=match[0][match[0].rindex("](") + 2 : -1].strip())
    yield Run(markdown[start:])


def _tidy(found: Iterator[Run]) -> Iterator[Run]:
    """Join neighbouring words; no blanks at the ends or before a mark."""
    kept: list[Run] = []
    for run in found:
        if run.note or run.target:
            if run.note and kept and not kept[-1].note:
                kept[-1] = Run(kept[-1].text.rstrip(), kept[-1].target)
            kept.append(run)
        elif text := _plain(run.text):
            kept.append(Run(text if kept else text.lstrip()))
    if kept and not kept[-1].note and not kept[-1].target:
        kept[-1] = Run(kept[-1].text.rstrip())
    return (run for run in kept if run.text or run.note)


def _plain(text: str) -> str:
    return BLANKS.sub(" ", unmarked(text))


def words(found: Runs) -> str:
    """Give the words alone, as the page shows them without marks."""
    return BLANKS.sub(" ", "".join(run.text for run in found)).strip()


def notes(found: Runs) -> list[str]:
    """Give the footnotes in order."""
    return [run.note for run in found if run.note]


def sentences(found: Runs, abbreviations: frozenset[str]) -> Iterator[Runs]:
    """Cut runs into sentences, each with the footnotes behind it. In: the runs; abbreviations, as for `pe.inline.stops`."""
    marked = [f"[^{run.note}]" if run.note else run.text for run in found]
    ends = list(stops("".join(marked), abbreviations))
    piece: list[Run] = []
    start = 0
    for run, text in zip(found, marked, strict=True):
        while ends and ends[0] <= start + len(text):
            cut = ends.pop(0) - start
            head, text, start = text[:cut].rstrip(), text[cut:], start + cut
            yield tuple([*piece, replace(run, text=head)] if head else piece)
            piece = []
        if text:
            piece.append(run if run.note else replace(run, text=text))
        start += len(text)
    if piece:
        yield tuple(piece)
