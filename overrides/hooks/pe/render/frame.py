"""What stands round the body of a page: names, addresses, twins in other languages, numbers for help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from pe.ledger import HelpLine
from pe.render import alphabet, words
from pe.search.address import words_of
from pe.site import Site

WORDS_A_MINUTE = 180  # slower than the 240 of a rested adult reader: pain and brain fog cost time
HELP_KINDS = ("emergency", "advice", "crisis")
WEAK, OTHER = ("unsupported", "contradicted", "outdated"), ("opinion", "not-a-claim")


@dataclass(frozen=True)
class Place:
    """A link to a page, as other pages show it."""

    name: str
    title: str
    link: str


@dataclass(frozen=True)
class Frame:
    """A page in one language and what it may know of the site. `asset` gives the published address of a file."""

    site: Site
    locale: str
    name: str
    asset: Callable[[str], str]

    @property
    def here(self) -> str:
        """The path of the page below the root of the site."""
        return self.site.urls.path(self.locale, self.name)

    @property
    def voice(self) -> str:
        """The language of the words of the page: that of the site's default where it is not translated yet."""
        return self.site.project.default if self.site.pages[self.locale][self.name].stub else self.locale

    def place(self, name: str, section: str = "") -> Place:
        """Give the link from this page to another of the same language (and a section of it)."""
        target = self.site.urls.path(self.locale, name) + (f"#{section}" if section else "")
        return Place(name, self.site.pages[self.locale][name].title, self.site.urls.between(self.here, target))

    def minutes(self, name: str) -> int:
        """Say how long a whole page takes to read, in minutes."""
        return max(1, round(self.site.pages[self.locale][name].words / WORDS_A_MINUTE))

    def words(self) -> dict[str, Any]:
        """Give all that the templates of every page use."""
        urls = self.site.urls
        return {
            "t": self.site.say(self.locale),
            "name": self.name,
            "locale": self.locale,
            "direction": words.direction(self.locale),
            "asset": lambda plain: urls.between(self.here, self.asset(plain)),
            "head_title": self._head_title(),
            "home_link": self.place("index").link,
            "search_link": self.place("search").link if "search" in self.site.pages[self.locale] else "",
            "search_words": urls.between(self.here, words_of(self.locale)),
            "pages": [self.place(one) for one in self.site.order],
            "canonical": urls.absolute(self.locale, self.name),
            "x_default": urls.absolute(self.site.project.default, self.name),
            "site_name": self.site.language(self.locale).site_name,
            "languages": [self._twin(one.locale) for one in self.site.project.languages],
            "help": self._help(),
            "help_checked": self._help_checked(),
            "help_link": self.place("get-help", "get-help-now").link,
            "sources_link": self.place("sources").link,
            "sources_address": urls.absolute(self.locale, "sources"),
            "report_link": self.place("about", "report").link,
        }

    def home(self) -> dict[str, Any]:
        """Give what only the home page shows: the topics, and how the claims of the articles fared."""
        pages = self.site.pages[self.locale]
        topics = [name for name in self.site.order if pages[name].kind == "topic"]
        return {
            "topics": [{**asdict(self.place(name)), "page": pages[name], "minutes": self.minutes(name)} for name in topics],
            "tally": self._tally(),
            "articles_link": self.place("what-the-articles-said").link,
        }

    def a_to_z(self) -> dict[str, Any]:
        """Give what only the search page shows: pages and words of the glossary, letter by letter."""
        pages = self.site.pages[self.locale]
        entries = [self.place(name) for name in self.site.order if pages[name].kind not in ("home", "search")]
        glossary = self.site.terms[self.locale].values()
        entries += [Place(term.id, term.term, self.place("glossary", term.id).link) for term in glossary]
        return {"a_to_z": alphabet.by_letter(entries, self.site.say(self.locale)("search.alphabet"))}

    def _head_title(self) -> str:
        title = self.site.pages[self.locale][self.name].title
        return title if self.name == "index" else f"{title} | {self.site.language(self.locale).site_name}"

    def _twin(self, locale: str) -> dict[str, Any]:
        """The same page in a language: where it is and what it is called there."""
        urls, language = self.site.urls, self.site.language(locale)
        return {
            "locale": locale,
            "name": language.name,
            "site_name": language.site_name,
            "invitation": self.site.say(locale)("home.invitation"),
            "link": urls.between(self.here, urls.path(locale, self.name)),
            "absolute": urls.absolute(locale, self.name),
            "stub": self.site.pages[locale][self.name].stub,
        }

    def _help(self) -> list[dict[str, Any]]:
        return [
            {
                "code": code,
                "name": words.country(code, self.voice),
                **{kind: [self._dated(line) for line in lines if line.kind == kind] for kind in HELP_KINDS},
            }
            for code, lines in self.site.ledger.help.items()
        ]

    def _dated(self, line: HelpLine) -> dict[str, Any]:
        return {
            **asdict(line),
            "opening": words.opening(line.hours, line.kind, self.site.say(self.locale)),
            "checked_day": words.day(line.checked, self.voice) if line.checked else "",
        }

    def _help_checked(self) -> str:
        """The day on which the number that was looked up longest ago was looked up."""
        days = [line.checked for lines in self.site.ledger.help.values() for line in lines if line.checked]
        return words.day(min(days), self.voice) if days else ""

    def _tally(self) -> dict[str, Any]:
        entries = list(self.site.ledger.articles.values())
        verdicts = Counter(
            "weak" if one.verdict in WEAK else "other" if one.verdict in OTHER else one.verdict for one in entries
        )
        return {
            "total": len(entries),
            "articles": len({article for one in entries for article in one.articles}),
            "rows": [(verdict, verdicts[verdict]) for verdict in ("supported", "partly", "contested", "weak", "other")],
        }
