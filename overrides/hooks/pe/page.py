"""A page as judge and build see it, read from its Markdown file."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from . import yamlfile
from .complaint import Complaint
from .front import Front, split
from .parts import Citation, Heading, Item, Link, List, Parts, Place, Section, Table, Unit
from .reader import KEPT, parts_of

KEY_POINTS, HELP, TWO_MINUTES = "key-points", "get-help-now", "two-minutes"
KNOWN, CAUSES, MAY_HELP, STEPS, QUESTIONS = "known", "causes", "what-may-help", "steps", "questions"
PEM_FIRST = "pem-first"
HELP_STEPS = ("now", "soon", "doctor")
WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")


@dataclass(frozen=True, eq=False)
class Page:
    """One page in one language: what other pages need to know of it, and its text.

    `text` is the Markdown below the front matter, `first_line` the line of the file where it starts. `cited` are the ids
    of the footnotes, each with the place where it first stands; `signs` the list items of the danger box, each with its
    step; `point` is the first key point; `words` says how many there are. `lost` says that the file could not be read at
    all, which has been told. `stub` says that the page is not translated yet: its words are those of the default language.
    """

    path: str
    name: str
    language: str
    front: Front
    text: str = ""
    first_line: int = 1
    abbreviations: frozenset[str] = frozenset()
    headings: tuple[Heading, ...] = ()
    cited: Mapping[str, Place] = field(default_factory=dict)
    signs: tuple[tuple[str, Item], ...] = ()
    point: str = ""
    words: int = 0
    lost: bool = False
    stub: bool = False

    @property
    def parts(self) -> Parts:
        """All parts of the page."""
        return parts_of(self.text, self.first_line, self.path, self.abbreviations)

    @property
    def units(self) -> tuple[Unit, ...]:
        """Sentences and rows."""
        return self.parts.units

    @property
    def lists(self) -> tuple[List, ...]:
        """The lists."""
        return self.parts.lists

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables."""
        return self.parts.tables

    @property
    def links(self) -> tuple[Link, ...]:
        """The links."""
        return self.parts.links

    @property
    def images(self) -> tuple[Link, ...]:
        """The pictures."""
        return self.parts.images

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All footnote marks in order."""
        return self.parts.citations

    @property
    def sections(self) -> tuple[Section, ...]:
        """The page cut at its headings; what stands before the first heading belongs to it."""
        return self.parts.sections

    @cached_property
    def ids(self) -> dict[str, Heading]:
        """Headings by id."""
        return {one.id: one for one in self.headings if one.id}

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
        """Kind in the front matter: home, topic, table, page, list or search."""
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
    """A page from its text; see `read`. The same text gives the same page, while it is one of the last."""
    page, complaints = _parsed(text, name, language, shown, frozenset(abbreviations))
    return page, list(complaints)


@lru_cache(maxsize=KEPT)
def _parsed(
    text: str, name: str, language: str, shown: str, abbreviations: frozenset[str]
) -> tuple[Page, tuple[Complaint, ...]]:
    front, taken, complaints = split(text, shown)
    body = text.split("\n", taken)[taken] if taken <= text.count("\n") else ""
    parts = parts_of(body, taken + 1, shown, abbreviations)
    cited: dict[str, Place] = {}
    for one in parts.citations:
        cited.setdefault(one.id, one.place)
    page = Page(
        path=shown,
        name=name,
        language=language,
        front=front,
        text=body,
        first_line=taken + 1,
        abbreviations=abbreviations,
        headings=parts.headings,
        cited=cited,
        signs=tuple((one.place.section, item) for one in parts.lists if _is_step(one.place) for item in one.items),
        point=next((item.text for one in parts.lists if one.place.chapter == KEY_POINTS for item in one.items), ""),
        words=sum(len(WORD.findall(text)) for text in parts.texts),
        stub=front.stub,
    )
    return page, (*complaints, *parts.complaints)


def _is_step(place: Place) -> bool:
    """Whether something stands in one of the three steps of the danger box."""
    return place.chapter == HELP and place.section in HELP_STEPS


def filled(stub: Page, original: Page) -> Page:
    """A page that is not translated yet, with the words of the default language."""
    front = replace(original.front, stub=True, approved=yamlfile.Mapped())
    return replace(original, path=stub.path, language=stub.language, front=front, stub=True)
