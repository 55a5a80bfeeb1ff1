"""Addresses per language. They stand on paper, so translations/slugs.yml is append only.

One record a line. `seal` is the start of a SHA-256 over the seal before it (in the same language) and the
record, so a record that is changed, removed or moved breaks the chain at that line.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from . import yamlfile
from .complaint import Complaint, near
from .page import Page
from .project import Project
from .yamlfile import Listed, Mapped

SEAL_DIGITS = 6
LONGEST = 60  # signs of an address or of an id: they stand in links that people read
SLUG = re.compile(rf"(?=.{{1,{LONGEST}}}$)[a-z0-9]+(-[a-z0-9]+)*")
HOME = "index"
KEYS = {"lang", "page", "slug"}
LATER = ("search", "print")  # pages without a Markdown file of their own
FORM = "- {lang: sv, page: muscle-spasms, slug: muskelspasmer, seal: ...}"

Records: TypeAlias = dict[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True)
class Slugs:
    """Addresses of all pages, the one in force last.

    `default` is the language at the root; `records` maps (language, page) to its slugs in order.
    """

    default: str
    records: Records = field(default_factory=dict)

    def slug(self, language: str, page: str) -> str:
        """Last part of a page's address; empty for the home page. KeyError where there is none."""
        return self.records[language, page][-1]

    def path(self, language: str, page: str) -> str:
        """Address below the site's root, such as `sv/muskelspasmer/`. KeyError where there is none."""
        return self._path(language, self.slug(language, page))

    def former(self, language: str, page: str) -> tuple[str, ...]:
        """Paths that a page had before, or before it was translated, and that must lead to it now."""
        now = self.slug(language, page)
        slugs = dict.fromkeys((*self.records.get((self.default, page), ()), *self.records[language, page]))
        return tuple(self._path(language, slug) for slug in slugs if slug != now and not self._owners[language, slug] - {page})

    @cached_property
    def _owners(self) -> defaultdict[tuple[str, str], set[str]]:
        """The pages that have, or had, an address: by language and slug."""
        found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for (language, page), slugs in self.records.items():
            for slug in slugs:
                found[language, slug].add(page)
        return found

    def retired(self, languages: Collection[str]) -> Iterator[tuple[str, str]]:
        """Paths of languages that the site had once, each with its page: (path, page)."""
        for (language, page), found in self.records.items():
            if language in languages:
                yield from ((self._path(language, slug), page) for slug in found)

    def _path(self, language: str, slug: str) -> str:
        return "".join(f"{part}/" for part in ("" if language == self.default else language, slug) if part)


def sealed(before: str, language: str, page: str, slug: str) -> str:
    """The seal of a record. In: the seal before it in its language (empty for the first), the record."""
    return hashlib.sha256(f"{before}\n{language} {page} {slug}".encode()).hexdigest()[:SEAL_DIGITS]


def load(project: Project) -> tuple[Slugs, list[Complaint]]:
    """The addresses of a project, with complaints about form, chain, duplicates and pages without address."""
    path = project.translations / "slugs.yml"
    shown = project.shown(path)
    text, complaints = yamlfile.text_of(path, shown)
    value, faults = yamlfile.parse(text, shown) if text is not None else (None, [])
    complaints += faults
    records: Records = {}
    if isinstance(value, Listed) and project.languages:
        records = _records(value, shown, project, complaints)
    elif text is not None and not faults and not isinstance(value, Listed):
        what = f"found no list, expected one record a line. Write `{FORM}`."
        complaints.append(Complaint(shown, 1, "slug-form", what))
    return Slugs(project.default, records), complaints


def completed(slugs: Slugs, project: Project, pages: Mapping[str, Mapping[str, Page]]) -> tuple[Slugs, list[Complaint]]:
    """The addresses of all pages. A page that is not translated yet has that of the default language, if it is free.

    Complaints about pages without address; none where the file could not be read at all.
    """
    records, complaints = dict(slugs.records), []
    names = sorted({name for found in pages.values() for name in found})
    for language in filter(pages.get, project.locales if records else ()):  # without any pages, that is told elsewhere
        taken = {slug for (of, _), found in records.items() if of == language for slug in found}
        for name in names:
            page, original = pages[language].get(name), records.get((project.default, name))
            if (language, name) in records:
                continue
            if page and page.stub and original and original[-1] not in taken:
                records[language, name] = original[-1:]
                continue
            record = f"- {{lang: {language}, page: {name}, slug: ...}}"
            what = f"`{name}` has no address in `{language}`. Add at the end: `{record}`."
            complaints.append(Complaint(project.shown(project.translations / "slugs.yml"), 1, "slug-missing", what))
    return Slugs(slugs.default, records), complaints


def _records(listed: Listed, shown: str, project: Project, complaints: list[Complaint]) -> Records:
    records: Records = {}
    seals: dict[str, str] = {}
    broken: set[str] = set()
    owners: dict[tuple[str, str], tuple[str, int]] = {}
    pages = {*LATER, *(name for code in project.locales for name in project.names_in(code))}
    for line, entry in zip(listed.lines, listed, strict=True):
        if not isinstance(entry, Mapped) or not KEYS <= set(entry) <= {*KEYS, "seal"}:
            found = ", ".join(entry) if isinstance(entry, Mapped) else "no record"
            complaints.append(Complaint(shown, line, "slug-form", f"found {found}, expected `{FORM}`. Write it so."))
            continue
        language, page, slug, seal = (str(entry.get(key, "")) for key in ("lang", "page", "slug", "seal"))
        if language not in (*project.locales, *project.retired) and language not in seals:
            hint = near(language, project.locales) or (
                f" Known: {', '.join(project.locales)}. A language that the site gives up keeps its line in mkdocs.yml, with"
                " `build: false`: its addresses stand on paper, and then lead to the default language."
            )
            complaints.append(Complaint(shown, line, "slug-language", f"unknown language `{language}`.{hint}"))
        expected = sealed(seals.get(language, ""), language, page, slug)
        if not seal:
            if language not in broken:
                what = f"new record without seal. Write `seal: {expected}` at its end and never change it again."
                complaints.append(Complaint(shown, line, "slug-seal", what))
        elif seal != expected and language not in broken:
            broken.add(language)
            what = (
                f"found seal `{seal}`, expected `{expected}`: this line or one for `{language}` above it"
                " was changed, removed or moved."
                " Addresses stand on paper: put the old line back and add a new one at the end."
            )
            complaints.append(Complaint(shown, line, "slug-chain", what))
        seals[language] = seal or expected
        complaints += _faults(shown, line, language, page, slug, pages, project)
        owner = owners.setdefault((language, slug), (page, line))
        if owner != (page, line):
            what = f"`{slug}` is used twice in `{language}`: on line {owner[1]} for `{owner[0]}`. Choose another."
            complaints.append(Complaint(shown, line, "slug-twice", what))
        records[language, page] = (*records.get((language, page), ()), slug)
    return records


def _faults(shown: str, line: int, language: str, page: str, slug: str, pages: set[str], project: Project) -> list[Complaint]:
    found: list[Complaint] = []
    if page not in pages:
        hint = near(page, pages) or f" Put docs/{project.default}/{page}.md back: its address is on paper."
        found.append(Complaint(shown, line, "slug-page", f"unknown page `{page}`.{hint}"))
    if (page == HOME) != (slug == "") or (slug and not SLUG.fullmatch(slug)):
        form = f"small letters a to z, digits and hyphens, {LONGEST} at most"
        expected = "nothing for the home page" if page == HOME else form
        what = f"found the address `{slug[:80]}`, expected {expected}. Write it so."
        found.append(Complaint(shown, line, "slug-form", what))
    return found
