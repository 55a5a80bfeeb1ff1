"""The parts of a page: headings, sentences, lists, tables, links, each with its line."""

from dataclasses import dataclass


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
