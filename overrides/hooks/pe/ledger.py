"""The ledger: what we say (claims), who said it (references), what the articles said, numbers for help, what changed."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from string import ascii_lowercase as ALPHABET
from typing import NamedTuple

from . import shape, yamlfile
from .complaint import Complaint
from .project import Project
from .yamlfile import Listed, Mapped, Value

ASIDE = re.compile(r"\s*\([^)]*\)")  # "(journal not shown)": a remark, not a name
INITIALS = re.compile(r" [A-ZÀ-Þ]{1,4}$")  # of "Garrison SR": among several authors the surname is enough
FILES = ("claims", "references", "articles", "help", "changes")
HELP_TEXTS = ("number", "name", "hours", "coverage", "instead", "seen")
CERTAINTIES = ("high", "moderate", "low", "very low", "none")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from: a reference, and the place in it."""

    ref: str
    at: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact that pages cite. Fields: docs/evidence/schema.json."""

    id: str
    statement: str
    kind: str
    topic: str
    certainty: str
    shows: str
    about: str
    figures: tuple[str, ...]
    sources: tuple[Source, ...]
    caution: tuple[str, ...]
    answers: tuple[str, ...]
    activity: bool
    pem: bool
    step: str
    updated: date | None
    review: str
    line: int


class Name(NamedTuple):
    """What a reference is called in few words: first author or publisher, whether there are more authors, year or 0."""

    who: str
    others: bool
    year: int


@dataclass(frozen=True, slots=True)
class Reference:
    """One article, guideline or page. Fields: docs/evidence/schema.json."""

    id: str
    number: int | None  # 0 where it is left out
    authors: str
    title: str
    publisher: str
    year: int | None
    volume_pages: str
    doi: str
    pmid: str
    url: str
    kind: str
    language: str
    verified: bool
    seen: date | None
    text_seen: str
    finding: str
    line: int

    @property
    def place(self) -> str:
        """Its id on the page of sources: short, for each page has a hundred links to it."""
        return f"s{self.number}"

    @property
    def name(self) -> Name:
        """What it is called in few words."""
        authors = [name.strip() for name in ASIDE.sub("", self.authors or "").split(",") if name.strip()]
        who = authors[0] if authors else ASIDE.sub("", self.publisher or "").strip()
        return Name(INITIALS.sub("", who) if len(authors) > 1 else who, len(authors) > 1, self.year or 0)


@dataclass(frozen=True, slots=True)
class ArticleClaim:
    """One thing that the five articles said, with our verdict. Fields: docs/evidence/schema.json."""

    id: str
    articles: tuple[int, ...]
    topic: str
    claim: str
    verdict: str
    certainty: str
    why: str
    line: int


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One number to call in one country. `kind` is emergency, advice or crisis."""

    country: str
    kind: str
    number: str
    name: str
    hours: str
    coverage: str
    instead: str
    checked: date | None
    seen: str
    line: int


@dataclass(frozen=True, slots=True)
class Said:
    """A change in the words of one language."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A medical change, told to readers. `claims` is empty where it is about the whole site; `words` by language."""

    id: str
    date: date | None
    claims: tuple[str, ...]
    words: dict[str, Said]
    line: int


@dataclass(frozen=True)
class Ledger:
    """All five files. A record with a fault is left out where it cannot be used at all."""

    claims: dict[str, Claim] = field(default_factory=dict)
    references: dict[str, Reference] = field(default_factory=dict)
    articles: dict[str, ArticleClaim] = field(default_factory=dict)
    help: dict[str, tuple[HelpLine, ...]] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)
    is_whole: bool = True  # whether all five files could be read

    @cached_property
    def _named(self) -> dict[Name, list[str]]:
        """The references of each name, in the order of the file."""
        found: dict[Name, list[str]] = {}
        for key, reference in self.references.items():
            found.setdefault(reference.name, []).append(key)
        return found

    @cached_property
    def letters(self) -> dict[str, str]:
        """What tells a reference from those of the same name and year: a, b, c, in the order of the file; else empty."""
        alike = [zip(keys, ALPHABET, strict=False) for name, keys in self._named.items() if name.year and len(keys) > 1]
        return dict.fromkeys(self.references, "") | dict(itertools.chain.from_iterable(alike))

    @cached_property
    def namesakes(self) -> frozenset[str]:
        """The references that only their titles tell apart: without a year and with another's name, or without one."""
        alike = [keys for name, keys in self._named.items() if not name.who or (not name.year and len(keys) > 1)]
        return frozenset(itertools.chain.from_iterable(alike))

    def claims_answering(self, article_id: str) -> list[Claim]:
        """The claims that answer one claim of the articles, in the order of the file."""
        return [claim for claim in self.claims.values() if article_id in claim.answers]

    def claims_citing(self, reference_id: str) -> list[Claim]:
        """The claims that rest on one reference, in the order of the file."""
        found = self.claims.values()
        return [claim for claim in found if any(one.ref == reference_id for one in claim.sources)]


def load(project: Project) -> tuple[Ledger, list[Complaint]]:
    """The ledger of a project and all complaints about the form of its files.

    Rules about what the entries say to each other stand in `judge`.
    """
    complaints: list[Complaint] = []
    schema = shape.load(project.evidence / "schema.json")
    found: dict[str, Mapped] = {}
    for name in FILES:
        path = project.evidence / f"{name}.yml"
        shown = project.shown(path)
        entries, faults = yamlfile.read(path, shown)
        complaints += faults
        if not faults or entries:
            complaints += shape.Fit(shown, schema).check(entries, schema["properties"][name], 1, "")
        found[name] = entries
    ledger = Ledger(
        {key: _claim(key, entry) for key, entry in _entries(found["claims"])},
        {key: _reference(key, entry) for key, entry in _entries(found["references"])},
        {key: _article(key, entry) for key, entry in _entries(found["articles"])},
        {key: tuple(_help(key, entry)) for key, entry in _entries(found["help"])},
        {key: _change(key, entry) for key, entry in _entries(found["changes"])},
        is_whole=all(found.values()),
    )
    return ledger, complaints


def _entries(entries: Mapped) -> Iterator[tuple[str, Mapped]]:
    for key, entry in entries.items():
        if isinstance(entry, Mapped):
            entry.line = entries.line_of(key)
            yield key, entry


def _text(entry: Mapped, key: str) -> str:
    value = entry.get(key, "")
    return value.strip() if isinstance(value, str) else ""


def _texts(value: Value | None) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, Listed) else ()


def _day(entry: Mapped, key: str) -> date | None:
    text = _text(entry, key)
    return date.fromisoformat(text) if shape.is_date(text) else None


def _claim(key: str, entry: Mapped) -> Claim:
    sources = entry.get("sources")
    return Claim(
        id=key,
        statement=_text(entry, "statement"),
        kind=_text(entry, "kind"),
        topic=_text(entry, "topic"),
        certainty=_text(entry, "certainty"),
        shows=_text(entry, "shows"),
        about=_text(entry, "about"),
        figures=_texts(entry.get("figures")),
        sources=tuple(
            Source(_text(one, "ref"), _text(one, "at"))
            for one in (sources if isinstance(sources, Listed) else ())
            if isinstance(one, Mapped)
        ),
        caution=_texts(entry.get("caution")),
        answers=_texts(entry.get("answers")),
        activity=_text(entry, "activity") == "true",
        pem=_text(entry, "pem") == "true",
        step=_text(entry, "step"),
        updated=_day(entry, "updated"),
        review=_text(entry, "review"),
        line=entry.line,
    )


def _reference(key: str, entry: Mapped) -> Reference:
    return Reference(
        id=key,
        number=(yamlfile.number_of(_text(entry, "number")) or None) if "number" in entry else 0,
        **{
            name: _text(entry, name) for name in ("authors", "title", "publisher", "volume_pages", "doi", "pmid", "url", "kind")
        },
        year=yamlfile.number_of(_text(entry, "year")),
        language=_text(entry, "language"),
        verified=_text(entry, "verified") == "yes",
        seen=_day(entry, "seen"),
        text_seen=_text(entry, "text_seen"),
        finding=_text(entry, "finding"),
        line=entry.line,
    )


def _article(key: str, entry: Mapped) -> ArticleClaim:
    return ArticleClaim(
        id=key,
        articles=tuple(filter(None, map(yamlfile.number_of, _texts(entry.get("articles"))))),
        topic=_text(entry, "topic"),
        claim=_text(entry, "claim"),
        verdict=_text(entry, "verdict"),
        certainty=_text(entry, "certainty"),
        why=_text(entry, "why"),
        line=entry.line,
    )


def _help(country: str, entry: Mapped) -> Iterator[HelpLine]:
    for kind, lines in entry.items():
        for one in lines if isinstance(lines, Listed) else ():
            if isinstance(one, Mapped):
                yield HelpLine(
                    country=country,
                    kind=kind,
                    **{name: _text(one, name) for name in HELP_TEXTS},
                    checked=_day(one, "checked"),
                    line=one.line,
                )


def _change(key: str, entry: Mapped) -> Change:
    words = entry.get("words")
    return Change(
        id=key,
        date=_day(entry, "date"),
        claims=_texts(entry.get("claims")),
        words={
            language: Said(_text(one, "title"), _text(one, "text"))
            for language, one in (words if isinstance(words, Mapped) else Mapped()).items()
            if isinstance(one, Mapped)
        },
        line=entry.line,
    )
