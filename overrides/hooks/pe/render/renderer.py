"""Turns a page's Markdown into the body of a web page, with all that the ledger adds to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import rjsmin
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from pe.ledger import HelpLine
from pe.page import Page
from pe.publish import policy
from pe.render import glossary, notes, words
from pe.render.markdown import Answers, Pages
from pe.render.sections import Body, Section, cut
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


@dataclass
class Sheet:
    """What has been gathered of the page that is being rendered."""

    locale: str
    page: Page
    notes: dict[str, notes.Note] = field(default_factory=dict)
    terms: dict[str, glossary.Term] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The claims that the page cites, numbered in the order of reading (Markdown renders in another)."""
        return {footnote: number for number, footnote in enumerate(self.page.cited, start=1)}


class Renderer:
    """Renders page after page. `extension` goes into the Markdown that makes the HTML."""

    def __init__(self, site: Site, names: Mapping[str, str]) -> None:
        self.site = site
        self.names = names  # the published address of each style, script, picture
        self.extension = Pages()
        overrides = site.project.root / "overrides"
        self.templates = Environment(
            loader=FileSystemLoader(overrides), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )

    # A page: begin, let Markdown run, finish.

    def begin(self, locale: str, name: str) -> None:
        """Start a page. Raises KeyError where the page is not known."""
        self.sheet = Sheet(locale, self.site.pages[locale][name])
        self.extension.answers = Answers(self._cite, self._term, self._drawing)

    def finish(self, html: str) -> str:
        """Give the body of the page that was begun, from the HTML that Markdown made of it."""
        self.extension.answers = None
        sheet, page = self.sheet, self.sheet.page
        deep = page.kind == "topic"
        body = cut(html, deep=deep)
        body = replace(body, sections=tuple(_with_stops(body.sections)) if deep else body.sections)
        return self._template("document.html").render(
            self._common(sheet.locale, page.name),
            page=page,
            body=_markup(body),
            deep=deep,
            minutes=self.minutes(sheet.locale, page.name),
            notes=sorted(sheet.notes.values(), key=lambda note: note.number),
            terms=list(sheet.terms.values()),
            checked_day=words.day(page.checked, sheet.locale) if page.checked else "",
            review_month=words.month(page.review, sheet.locale) if page.review else "",
            draw=self.draw,
            **(self._home(sheet.locale) if page.kind == "home" else {}),
        )

    def _cite(self, footnote: str) -> str:
        ledger, sheet = self.site.ledger, self.sheet
        t = self.site.say(sheet.locale)
        if claim := ledger.claims.get(footnote):
            note = sheet.notes.setdefault(footnote, notes.note(sheet.numbers[footnote], claim, ledger))
            return " " + self._template("partials/mark.html").render(note=note, t=t).strip()
        if article := ledger.articles.get(footnote):
            claims = {claim.id for claim in ledger.claims_answering(footnote)}
            return self._template("partials/verdict.html").render(
                article=article, filled=notes.bars(article.certainty), places=self._citing(claims), t=t
            )
        reference = ledger.references[footnote]
        claims = {claim.id for claim in ledger.claims_citing(footnote)}
        return self._template("partials/reference.html").render(
            cited=notes.cited(reference),
            kind=reference.kind,
            publisher=reference.publisher if reference.authors else "",
            verified=reference.verified,
            places=self._citing(claims),
            t=t,
        )

    def _term(self, term: str) -> None:
        if found := self.site.terms[self.sheet.locale].get(term):
            self.sheet.terms.setdefault(term, found)

    def _drawing(self, name: str, alternative: str) -> str:
        return self._template("partials/drawing.html").render(svg=self.draw(name), alternative=alternative)

    def draw(self, name: str) -> Markup:
        """Give a drawing of docs/figures as inline SVG; nothing where there is none."""
        return self.site.drawings.get(name, Markup())

    # What pages show of each other.

    def _citing(self, claims: Iterable[str]) -> list[Place]:
        found: dict[str, Place] = {}
        for claim in sorted(claims):
            for name, section in self.site.cited_in.get(claim, ()):
                found.setdefault(name, self.place(self.sheet.locale, name, section))
        return list(found.values())

    def place(self, locale: str, name: str, section: str = "") -> Place:
        """Give the link to a page (and section) from the page that is being rendered."""
        target = self.site.urls.path(locale, name) + (f"#{section}" if section else "")
        here = self.site.urls.path(self.sheet.locale, self.sheet.page.name)
        return Place(name, self.site.pages[locale][name].title, self.site.urls.between(here, target))

    def minutes(self, locale: str, name: str) -> int:
        """Say how long the whole page takes to read, in minutes."""
        return max(1, round(self.site.pages[locale][name].words / WORDS_A_MINUTE))

    # Pages that nobody wrote.

    def beside(self) -> dict[str, bytes]:
        """Give the page for wrong addresses, and one for each address that has moved."""
        urls, made = self.site.urls, {"404.html": policy.seal(self._missing()).encode()}
        for locale, pages in self.site.pages.items():
            for name, page in pages.items():
                for former in self.site.slugs.former(locale, name):
                    moved = self._template("moved.html").render(
                        locale=locale,
                        direction=words.direction(locale),
                        title=page.title,
                        canonical=urls.absolute(locale, name),
                        link=urls.between(former, urls.path(locale, name)),
                    )
                    made[f"{former}index.html"] = moved.encode()
        return made

    def _missing(self) -> str:
        """One page for all languages; its links are absolute, because it is shown at any depth."""
        base = urlsplit(self.site.project.site_url).path
        tongues = [
            {
                "locale": one.locale,
                "t": self.site.say(one.locale),
                "site_name": one.site_name,
                "home": base + self.site.urls.path(one.locale, "index"),
                "help": base + self.site.urls.path(one.locale, "get-help"),
            }
            for one in self.site.project.languages
        ]
        return self._template("missing.html").render(
            tongues=tongues,
            asset=lambda plain: base + self.names[plain],
            head_script=self._head_script,
            direction=words.direction,
        )

    def _common(self, locale: str, name: str) -> dict[str, Any]:
        urls = self.site.urls
        here = urls.path(locale, name)
        return {
            "t": self.site.say(locale),
            "name": name,
            "locale": locale,
            "direction": words.direction(locale),
            "root": urls.between(here, ""),
            "asset": lambda plain: urls.between(here, self.names[plain]),
            "head_script": self._head_script,
            "head_title": self._head_title(locale, name),
            "home_link": self.place(locale, "index").link,
            "search_link": self.place(locale, "search").link if "search" in self.site.pages[locale] else "",
            "pages": [self.place(locale, one) for one in self.site.order],
            "canonical": urls.absolute(locale, name),
            "x_default": urls.absolute(self.site.project.default, name),
            "site_name": self.site.language(locale).site_name,
            "languages": [self._twin(one.locale, name, here) for one in self.site.project.languages],
            "help": self._help(locale),
            "help_checked": self._help_checked(locale),
            "help_link": self.place(locale, "get-help", "get-help-now").link,
            "sources_link": self.place(locale, "sources").link,
            "glossary_link": self.place(locale, "glossary").link,
            "report_link": self.place(locale, "about", "report").link,
        }

    def _twin(self, locale: str, name: str, here: str) -> dict[str, str]:
        """The same page in a language: where it is and what it is called there."""
        urls, language = self.site.urls, self.site.language(locale)
        return {
            "locale": locale,
            "name": language.name,
            "site_name": language.site_name,
            "invitation": self.site.say(locale)("home.invitation"),
            "link": urls.between(here, urls.path(locale, name)),
            "absolute": urls.absolute(locale, name),
        }

    def _help(self, locale: str) -> list[dict[str, Any]]:
        return [
            {
                "code": code,
                "name": words.country(code, locale),
                **{kind: [_dated(line, locale) for line in lines if line.kind == kind] for kind in HELP_KINDS},
            }
            for code, lines in self.site.ledger.help.items()
        ]

    def _help_checked(self, locale: str) -> str:
        """The day on which the number that was looked up longest ago was looked up."""
        days = [line.checked for lines in self.site.ledger.help.values() for line in lines if line.checked]
        return words.day(min(days), locale) if days else ""

    def _home(self, locale: str) -> dict[str, Any]:
        pages = self.site.pages[locale]
        topics = [name for name in self.site.order if pages[name].kind == "topic"]
        return {
            "topics": [
                {
                    "name": name,
                    "link": self.place(locale, name).link,
                    "title": pages[name].title,
                    "question": pages[name].question,
                    "answer": pages[name].answer,
                    "minutes": self.minutes(locale, name),
                }
                for name in topics
            ],
            "tally": self._tally(),
            "articles_link": self.place(locale, "what-the-articles-said").link,
        }

    def _head_title(self, locale: str, name: str) -> str:
        title, site_name = self.site.pages[locale][name].title, self.site.language(locale).site_name
        return title if name == "index" else f"{title} | {site_name}"

    @cached_property
    def _head_script(self) -> Markup:
        source = self.site.project.root / "overrides" / "assets" / "js" / "head.js"
        return Markup(rjsmin.jsmin(source.read_text("utf-8")))

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

    def _template(self, name: str) -> Template:
        return self.templates.get_template(name)


def _dated(line: HelpLine, locale: str) -> dict[str, Any]:
    return {**asdict(line), "checked_day": words.day(line.checked, locale) if line.checked else ""}


def _with_stops(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Mark the last section of each depth but the deepest: there the reader may stop."""
    marks = iter(("first", "second"))
    for place, section in enumerate(sections):
        following = sections[place + 1] if place + 1 < len(sections) else None
        ends = following is not None and following.depth > section.depth
        yield replace(section, stop=next(marks), next=following.id) if ends and following else section


def _markup(body: Body) -> Body:
    """Tell the templates that what Markdown made is HTML already."""
    return replace(
        body,
        title=Markup(body.title),
        purpose=Markup(body.purpose),
        lead=Markup(body.lead),
        sections=tuple(_markup_section(section) for section in body.sections),
    )


def _markup_section(section: Section) -> Section:
    return replace(
        section,
        title=Markup(section.title),
        body=Markup(section.body),
        after=Markup(section.after),
        parts=tuple(_markup_section(part) for part in section.parts),
        pem=_markup_section(section.pem) if section.pem else None,
    )
