"""The parts of a page: headings, sentences, lists, tables, links, each with its line."""

import itertools
import sys
from dataclasses import dataclass
from functools import cached_property

from .complaint import Complaint


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `id` is empty where none is written (as on h1)."""

    level: int
    text: str
    id: str
    line: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: ids of the nearest heading and of the h2; empty before the first."""

    line: int
    section: str
    chapter: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence with the footnotes that follow it, or a table row as a whole.

    `kind` is paragraph, item or row. `text` is free of markup. `block` counts paragraphs, lists and tables.
    """

    kind: str
    place: Place
    text: str
    notes: tuple[str, ...]
    block: int
    cells: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of a row's cells; of a sentence, itself."""
        return self.pieces or (self.text,)


@dataclass(frozen=True, slots=True)
class Item:
    """A list item: all its words, its footnotes; `depth` 0 for the outer list."""

    line: int
    text: str
    notes: tuple[str, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class List:
    """A list and where it starts."""

    place: Place
    ordered: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: cells free of markup, footnotes in order."""

    line: int
    cells: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table and where it starts; `rows` without the header."""

    place: Place
    header: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link or, with `image`, a picture (then `text` is its alternative text)."""

    place: Place
    text: str
    target: str
    image: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A footnote mark, the number of its unit in `Page.units`, and where it stands."""

    id: str
    place: Place
    unit: int


@dataclass(frozen=True, slots=True)
class Section:
    """What stands between a heading and the next one of any level."""

    heading: Heading
    chapter: str
    units: tuple[Unit, ...]
    footnotes: tuple[Citation, ...]

    @property
    def id(self) -> str:
        """Id of the heading; empty for h1."""
        return self.heading.id if self.heading.level > 1 else ""


@dataclass(frozen=True, eq=False)
class Parts:
    """All that stands below the front matter of a page, in the order of the file, and what is wrong with its form."""

    headings: tuple[Heading, ...]
    units: tuple[Unit, ...]
    lists: tuple[List, ...]
    tables: tuple[Table, ...]
    links: tuple[Link, ...]
    images: tuple[Link, ...]
    complaints: tuple[Complaint, ...]

    @property
    def texts(self) -> list[str]:
        """The words of headings, sentences and rows."""
        return [*(one.text for one in self.headings), *(one.text for one in self.units)]

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """All footnote marks in order."""
        return tuple(Citation(note, unit.place, at) for at, unit in enumerate(self.units) for note in unit.notes)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The page cut at its headings; what stands before the first heading belongs to it."""
        found: list[Section] = []
        chapter = ""
        starts = [0, *(one.line for one in self.headings[1:]), sys.maxsize][-len(self.headings) - 1 :]
        for heading, (start, end) in zip(self.headings, itertools.pairwise(starts), strict=True):
            chapter = heading.id if heading.level == 2 else chapter if heading.level > 2 else ""
            units = tuple(one for one in self.units if start < one.place.line < end)
            notes = tuple(one for one in self.citations if start < one.place.line < end)
            found.append(Section(heading, chapter, units, notes))
        return tuple(found)
