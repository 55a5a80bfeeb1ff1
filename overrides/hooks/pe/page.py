"""A page as judge and build see it, read from its Markdown file."""

import itertools
import re
import sys
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from . import blocks, yamlfile
from .complaint import Complaint
from .front import Front, split
from .parts import Citation, Heading, Link, List, Section, Table, Unit
from .reader import Reader

KEY_POINTS, HELP, TWO_MINUTES = "key-points", "get-help-now", "two-minutes"
KNOWN, CAUSES, MAY_HELP, STEPS, QUESTIONS = "known", "causes", "what-may-help", "steps", "questions"
PEM_FIRST = "pem-first"
HELP_STEPS = ("now", "soon", "doctor")
WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")


@dataclass(frozen=True)
class Page:
    """One page in one language; all parts in the order of the file.

    `text` is the Markdown below the front matter, `first_line` the line of the file where it starts.
    `lost` says that the file could not be read at all, which has been told. `stub` says that the page is not
    translated yet: its words are those of the default language.
    """

    path: str
    name: str
    language: str
    front: Front
    text: str = ""
    first_line: int = 1
    headings: tuple[Heading, ...] = ()
    units: tuple[Unit, ...] = ()
    lists: tuple[List, ...] = ()
    tables: tuple[Table, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Link, ...] = ()
    lost: bool = False
    stub: bool = False

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """All footnote marks in order."""
        return tuple(Citation(note, unit.place, at) for at, unit in enumerate(self.units) for note in unit.notes)

    @cached_property
    def cited(self) -> dict[str, int]:
        """Ids of the footnotes, each with the line where it first stands."""
        found: dict[str, int] = {}
        for one in self.citations:
            found.setdefault(one.id, one.place.line)
        return found

    @cached_property
    def ids(self) -> dict[str, Heading]:
        """Headings by id."""
        return {one.id: one for one in self.headings if one.id}

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

    @cached_property
    def words(self) -> int:
        """How many words the page has."""
        return sum(len(WORD.findall(text)) for text in [one.text for one in self.headings] + [one.text for one in self.units])

    @property
    def title(self) -> str:
        """Title in the front matter."""
        return self.front.title

    @property
    def description(self) -> str:
        """Description in the front matter."""
        return self.front.description

    @property
    def kind(self) -> str:
        """Kind in the front matter: home, topic, table, page or list."""
        return self.front.kind

    @property
    def question(self) -> str:
        """The reader's question; empty where the page has none."""
        return self.front.question

    @property
    def answer(self) -> str:
        """The short answer; empty where the page has none."""
        return self.front.answer

    @property
    def checked(self) -> date | None:
        """Day of the last reading."""
        return self.front.checked

    @property
    def review(self) -> str:
        """Month of the next reading, as YYYY-MM."""
        return self.front.review

    @property
    def is_ordered(self) -> bool:
        """Whether every heading below h1 has an id of its own, so that sections can be compared."""
        ids = [one.id for one in self.headings if one.level > 1]
        return "" not in ids and len(ids) == len(set(ids))

    @property
    def chapters(self) -> tuple[Heading, ...]:
        """The h2 headings."""
        return tuple(one for one in self.headings if one.level == 2)

    def units_in(self, chapter: str) -> tuple[Unit, ...]:
        """Sentences and rows below an h2 heading, its h3 sections included."""
        return tuple(one for one in self.units if one.place.chapter == chapter)

    def complain(self, line: int, rule: str, text: str) -> Complaint:
        """A complaint about this page."""
        return Complaint(self.path, line, rule, text)


def read(path: Path, language: str, shown: str = "", abbreviations: Collection[str] = ()) -> tuple[Page, list[Complaint]]:
    """A page from its file.

    In: the file, the language's code, the path to show, abbreviations that do not end a sentence.
    Out: what could be read, and complaints about encoding, front matter and form; never an exception
    for what people write.
    """
    shown = shown or path.as_posix()
    text, complaints = yamlfile.text_of(path, shown)
    if text is None:
        return Page(shown, path.stem, language, Front(), lost=True), complaints
    page, more = parse(text, path.stem, language, shown, abbreviations)
    return page, complaints + more


def parse(text: str, name: str, language: str, shown: str, abbreviations: Collection[str] = ()) -> tuple[Page, list[Complaint]]:
    """A page from its text; see `read`."""
    front, taken, complaints = split(text, shown)
    reader = Reader(shown, complaints, frozenset(abbreviations))
    lines = text.split("\n")[taken:]
    for block in blocks.scan(lines, taken + 1, shown, complaints):
        reader.take(block)
    page = Page(
        path=shown,
        name=name,
        language=language,
        front=front,
        text="\n".join(lines),
        first_line=taken + 1,
        headings=tuple(reader.headings),
        units=tuple(reader.units),
        lists=tuple(reader.lists),
        tables=tuple(reader.tables),
        links=tuple(one for one in reader.links if not one.image),
        images=tuple(one for one in reader.links if one.image),
        stub=front.stub,
    )
    return page, complaints


def filled(stub: Page, original: Page) -> Page:
    """A page that is not translated yet, with the words of the default language."""
    front = replace(original.front, stub=True, approved=yamlfile.Mapped())
    return replace(original, path=stub.path, language=stub.language, front=front, stub=True)
