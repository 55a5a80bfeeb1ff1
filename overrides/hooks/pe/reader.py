"""Reads the blocks of a page into its parts."""

import sys
from functools import lru_cache

from . import blocks
from .complaint import Complaint
from .inline import Inline, sentences
from .parts import Heading, Item, Link, List, Parts, Place, Row, Table, Unit

KEPT = 64  # pages: all of a small site; those of a large one would fill the memory, and are read again when asked for


@lru_cache(maxsize=KEPT)
def parts_of(text: str, first: int, shown: str, abbreviations: frozenset[str]) -> Parts:
    """The parts of a page.

    In: the text below the front matter, the number of its first line, the path to show, abbreviations that do not end
    a sentence.
    """
    reader = Reader(shown, [], abbreviations)
    for block in blocks.scan(text.split("\n"), first, shown, reader.complaints):
        reader.take(block)
    return Parts(
        headings=tuple(reader.headings),
        units=tuple(reader.units),
        lists=tuple(reader.lists),
        tables=tuple(reader.tables),
        links=tuple(one for one in reader.links if not one.image),
        images=tuple(one for one in reader.links if one.image),
        complaints=tuple(reader.complaints),
    )


class Reader:
    """Collects the parts of a page block by block."""

    def __init__(self, shown: str, complaints: list[Complaint], abbreviations: frozenset[str]) -> None:
        self.shown = shown
        self.complaints = complaints
        self.abbreviations = abbreviations
        self.section = self.chapter = ""
        self.last = Place(0, "", "")
        self.count = 0
        self.headings: list[Heading] = []
        self.units: list[Unit] = []
        self.lists: list[List] = []
        self.tables: list[Table] = []
        self.links: list[Link] = []

    def take(self, block: blocks.Block) -> None:
        """Take in the next block."""
        self.count += 1
        if block.kind == "heading":
            self._heading(*block.lines[0])
        elif block.kind == "table":
            self._table(block.lines)
        elif block.kind == "list":
            self._list(block.lines)
        else:
            self._paragraph(block.lines)

    def _complain(self, line: int, rule: str, text: str) -> None:
        self.complaints.append(Complaint(self.shown, line, rule, text))

    def _place(self, line: int) -> Place:
        if self.last.line != line or self.last.section != self.section:
            self.last = Place(line, self.section, self.chapter)
        return self.last

    def _inline(self, line: int, text: str) -> Inline:
        inline = Inline(text)
        place = self._place(line)
        self.links += [Link(place, one.text, one.target, one.image) for one in inline.links]
        for fault in inline.faults:
            self._complain(line, "markup", fault)
        return inline

    def _heading(self, line: int, text: str) -> None:
        match = blocks.HEADING.match(text)
        if match is None:
            return
        level, words = len(match[1]), match[2]
        found = blocks.HEADING_ID.search(words)
        words = blocks.HEADING_ID.sub("", words)
        inline = self._inline(line, words)
        identity = sys.intern(found[1]) if found else ""
        if level == 1:
            self.section = self.chapter = ""
        else:
            self.section = identity
            self.chapter = identity if level == 2 else self.chapter
        if inline.notes:
            what = "found a footnote in a heading, expected it after a sentence. Move it."
            self._complain(line, "footnote-place", what)
        if inline.links:
            what = f"found `{inline.links[0].target}` in a heading, expected words only. Move the link or picture below."
            self._complain(line, "markup", what)
        self.headings.append(Heading(level, inline.plain, identity, line))

    def _sentences(self, kind: str, line: int, inline: Inline) -> int:
        if inline.misplaced:
            what = f"found `[^{inline.misplaced}]` {inline.where}, expected it right after the full stop. Move it."
            self._complain(line, "footnote-place", what)
        found = sentences(inline, self.abbreviations)
        for text, notes in found:
            self.units.append(Unit(kind, self._place(line), text, notes, self.count))
        return len(found)

    def _paragraph(self, lines: list[tuple[int, str]]) -> None:
        for at, (line, text) in enumerate(lines):
            inline = self._inline(line, text.strip())
            count = self._sentences("paragraph", line, inline)
            if count > 1:
                what = f"found {count} sentences on a line, expected 1. Start a new line after each full stop."
                self._complain(line, "one-line", what)
            if at < len(lines) - 1 and inline.plain and not inline.ends_sentence:
                what = "the sentence goes on in the next line, expected one line. Join the two lines."
                self._complain(line, "one-line", what)

    def _list(self, lines: list[tuple[int, str]]) -> None:
        items: list[Item] = []
        ordered = False
        place = self._place(lines[0][0])
        for line, text in lines:
            match = blocks.ITEM.match(text)
            inline = self._inline(line, match[4] if match else text.strip())
            if match or not items:
                depth = len(match[1]) // 4 if match else 0
                ordered = bool(match and match[3]) if not items else ordered
                items.append(Item(line, inline.plain, inline.notes, depth))
            else:
                last = items[-1]
                text = f"{last.text} {inline.plain}"
                items[-1] = Item(last.line, text, last.notes + inline.notes, last.depth)
            self._sentences("item", line, inline)
        self.lists.append(List(place, ordered, tuple(items)))

    def _table(self, lines: list[tuple[int, str]]) -> None:
        place = self._place(lines[0][0])
        rows: list[Row] = []
        width = len(blocks.cells(lines[0][1]))
        for at, (line, text) in enumerate(lines):
            found = blocks.cells(text)
            if not blocks.is_closed(text):
                what = "the row is not closed: expected a bar `|` at both ends. Add it."
                self._complain(line, "table", what)
            if len(found) != width and width:
                what = f"found {len(found)} cells, expected {width} as in the first row. Add or join cells."
                self._complain(line, "table", what)
            if at == 1 and blocks.DELIMITER.fullmatch(text.strip()):
                continue
            inlines = [self._inline(line, cell) for cell in found]
            row = Row(
                line,
                tuple(one.plain for one in inlines),
                tuple(note for one in inlines for note in one.notes),
            )
            rows.append(row)
            text = " | ".join(row.cells)
            pieces = tuple(piece for one in inlines for piece, _ in sentences(one, self.abbreviations))
            self.units.append(Unit("row", self._place(line), text, row.notes, self.count, row.cells, pieces))
        if len(lines) < 2 or not blocks.DELIMITER.fullmatch(lines[1][1].strip()):
            what = "found no line `|---|---|` below the first row, so this is no table. Add it."
            self._complain(place.line, "table", what)
        elif not rows[1:]:
            self._complain(place.line, "table", "found a table without rows. Write them, or remove the table.")
        if rows:
            self.tables.append(Table(place, rows[0], tuple(rows[1:])))
