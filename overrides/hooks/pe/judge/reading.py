"""All that is judged, read once: pages, ledger, strings, addresses, styles."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from .. import ledger, page, slugs, strings, style
from ..aside import MANY, Aside, alone
from ..complaint import Complaint
from ..fresh import stamps as readings
from ..fresh.stamps import Stamps
from ..ledger import Ledger
from ..page import Page
from ..project import Project
from ..readability import Terms, terms_of
from ..search import lay_words
from ..search.lay_words import LayWords
from ..slugs import Slugs
from ..style import Style

ARTICLES_PAGE, SOURCES_PAGE, GLOSSARY_PAGE = "what-the-articles-said", "sources", "glossary"


@dataclass(frozen=True)
class Reading:
    """The content of a project. `pages` maps language, then page name, to the page."""

    project: Project
    ledger: Ledger
    styles: dict[str, Style]
    pages: dict[str, dict[str, Page]]
    slugs: Slugs
    strings: dict[str, Mapping[str, str]]
    lay_words: dict[str, LayWords]
    stamps: dict[str, dict[str, Stamps]] = field(default_factory=dict)

    def is_begun(self, language: str) -> bool:
        """Whether a language has a page of its own words: until then it is judged and searched as the default one."""
        return any(not one.stub for one in self.pages.get(language, {}).values())

    @property
    def originals(self) -> dict[str, Page]:
        """Pages of the default language, by name."""
        return self.pages.get(self.project.default, {})

    @property
    def all_pages(self) -> tuple[Page, ...]:
        """All pages of all languages."""
        return tuple(one for pages in self.pages.values() for one in pages.values())

    @cached_property
    def terms(self) -> dict[str, Terms]:
        """Terms that count as one easy word: headings of the glossary, names in style.yml."""
        found: dict[str, Terms] = {}
        for language, pages in self.pages.items():
            glossary = pages.get(GLOSSARY_PAGE)
            headings = [one.text for one in glossary.headings if one.level > 1] if glossary else []
            found[language] = terms_of((*headings, *self.styles[language].easy))
        return found

    @cached_property
    def signed_claims(self) -> frozenset[str]:
        """The claims against which somebody has read something, those that are gone among them."""
        files = (stamps for pages in self.stamps.values() for stamps in pages.values())
        return frozenset(claim for stamps in files for stamp in stamps.values() for claim in stamp.claims)

    def footnotes(self, name: str) -> dict[str, str]:
        """The footnote ids that a page may use, each with what it is: claim, reference or article claim."""
        return self._by_page.get(name, self._by_page[""])

    @cached_property
    def _by_page(self) -> dict[str, dict[str, str]]:
        claims = dict.fromkeys(self.ledger.claims, "claim")
        return {
            "": claims,
            ARTICLES_PAGE: {**claims, **dict.fromkeys(self.ledger.articles, "article claim")},
            SOURCES_PAGE: {**claims, **dict.fromkeys(self.ledger.references, "reference")},
        }


def read_all(project: Project) -> tuple[Reading, list[Complaint]]:
    """Everything of a project, each file read once. Out: the reading and the complaints about form."""
    complaints = list(project.complaints)
    styles, faults = style.load(project)
    complaints += faults
    book, faults = ledger.load(project)
    complaints += faults
    addresses, faults = slugs.load(project)
    complaints += faults
    words: dict[str, Mapping[str, str]] = {}
    lay: dict[str, LayWords] = {}
    pages: dict[str, dict[str, Page]] = {}
    for language in project.locales:
        words[language], faults = strings.load(project, language)
        complaints += faults
        pages[language] = {}
    for one, faults in _read_pages(project, styles):
        pages[one.language][one.name] = one
        complaints += faults
    _fill_stubs(pages, project.default, complaints)
    reading = Reading(project, book, styles, pages, addresses, words, lay)
    for language in sorted(project.locales, key=lambda one: one != project.default):
        if reading.is_begun(language):
            lay[language], faults = lay_words.load(project, language)
            complaints += [*faults, *style.missing(project, styles, language)]
        else:
            lay[language], styles[language] = lay.get(project.default, LayWords()), styles[project.default]
    addresses, faults = slugs.completed(addresses, project, pages)
    stamps, more = readings.load_all(project)
    return replace(reading, slugs=addresses, stamps=stamps), [*complaints, *faults, *more]


def _read_pages(project: Project, styles: Mapping[str, Style]) -> Iterator[tuple[Page, list[Complaint]]]:
    """The pages of all languages, each with the complaints about it."""
    places = [(language, name) for language in project.locales for name in project.names_in(language)]

    def read(places: Iterable[tuple[str, str]]) -> Iterator[tuple[Page, list[Complaint]]]:
        for language, name in places:
            path = project.page_path(language, name)
            yield page.read(path, language, project.shown(path), styles[language].abbreviations)

    border = len(places) // 2 if alone() and len(places) > MANY else len(places)
    half = Aside(lambda: [("half", list(read(places[border:])))], apart=border < len(places))
    yield from read(places[:border])
    yield from half.result().pop("half")


def _fill_stubs(pages: dict[str, dict[str, Page]], default: str, complaints: list[Complaint]) -> None:
    """Give pages that are not translated yet the words of the default language."""
    for language, found in pages.items():
        for name, one in found.items():
            if not one.stub:
                continue
            original = pages.get(default, {}).get(name)
            if language == default:
                what = f"found `translated: no` in {default}, from which the others are translated. Write the page."
                complaints.append(one.complain(1, "stub", what))
            elif one.text.strip():
                what = (
                    "found text below `translated: no`, which nobody would see: the page is shown in"
                    f" {default}. Remove the text, or write a whole front matter in place of `translated: no`."
                )
                complaints.append(one.complain(one.first_line, "stub", what))
            found[name] = page.filled(one, original) if original and language != default else replace(one, lost=True)
