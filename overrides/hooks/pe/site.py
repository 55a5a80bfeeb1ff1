"""The content as the rendering sees it: pages, ledger, words, addresses, drawings."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from markupsafe import Markup

from pe.complaint import Complaint, Refused
from pe.fresh.state import PageState, state_of
from pe.judge.reading import Reading
from pe.project import Language
from pe.render import glossary
from pe.render.urls import Urls

Say = Callable[..., str]
UNDRAWN = re.compile(r"<\?xml.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>", re.S)
OPENING = re.compile(r'<svg\b[^>]*class="pe-draw"[^>]*>')
ALONE = re.compile(r'\s(?:xmlns|fill|stroke(?:-width|-linecap|-linejoin)?)="[^"]*"')


class Site:
    """What was read and judged, with what the rendering of one page needs to know of the others."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.project = reading.project
        self.ledger = reading.ledger
        self.pages = reading.pages
        self.slugs = reading.slugs
        self.strings = reading.strings
        self.lay_words = reading.lay_words
        self.urls = Urls(self.project, self.slugs)
        self._states: dict[tuple[str, str], PageState] = {}

    def language(self, locale: str) -> Language:
        """Give the language with this code. Raises StopIteration where there is none."""
        return next(one for one in self.project.languages if one.locale == locale)

    def say(self, locale: str) -> Say:
        """Give the function that looks words up: ``t("page.time", minutes=2)``.

        Without values the words come as they are written: a script or a template of Typst fills the placeholders in.
        Raises Refused where a key is not there, or has a placeholder for which none of the values is.
        """
        table = self.strings[locale]

        def t(key: str, **values: object) -> str:
            try:
                return table[key].format(**values) if values else table[key]
            except KeyError as missing:
                path = self.project.shown(self.project.translations / f"{locale}.yml")
                fault = f"has a placeholder without value, {missing}" if key in table else "is missing, and the pages use it"
                raise Refused(Complaint(path, 1, "string-missing", f"`{key}` {fault}. Put back what was there.")) from None

        return t

    def state(self, locale: str, name: str) -> PageState:
        """Give what has become of a page since it was read. Raises KeyError where there is none."""
        if (locale, name) not in self._states:
            self._states[locale, name] = state_of(self.reading, self.pages[locale][name])
        return self._states[locale, name]

    @cached_property
    def approved(self) -> dict[str, list[str]]:
        """Give the pages of each language that a clinician has approved."""
        return {locale: [name for name in pages if self.state(locale, name).approval] for locale, pages in self.pages.items()}

    @cached_property
    def order(self) -> list[str]:
        """Give the names of the pages in the order of the nav in mkdocs.yml."""
        listed = [str(entry).removesuffix(".md") for entry in self.project.config.get("nav", [])]
        known = self.pages[self.project.default]
        return [name for name in listed if name in known]

    @cached_property
    def terms(self) -> dict[str, dict[str, glossary.Term]]:
        """Give the terms of each language's glossary, by id."""
        return {
            locale: glossary.terms(pages["glossary"]) if "glossary" in pages else {} for locale, pages in self.pages.items()
        }

    @cached_property
    def drawings(self) -> dict[str, Markup]:
        """Give the drawings of docs/figures by name, ready to be set into a page."""
        return {file.stem: _in_page(file.read_text("utf-8")) for file in sorted(self.project.figures.glob("*.svg"))}

    @cached_property
    def cited_in(self) -> dict[str, list[tuple[str, str]]]:
        """Say for each claim where pages cite it first: (page, section id), pages in the order of their names."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name, one in self.pages[self.project.default].items():
            for footnote, place in one.cited.items():
                found.setdefault(footnote, []).append((name, place.chapter))
        return found


def _in_page(drawing: str) -> Markup:
    """Take away what a drawing needs only where it stands alone: the styles of .pe-draw say the same in a page."""
    return Markup(OPENING.sub(lambda found: ALONE.sub("", found[0]), UNDRAWN.sub("", drawing).strip(), count=1))
