"""Turns a page's Markdown into the body of a web page, with all that the ledger adds to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from pe.page import Page
from pe.publish import assets, policy, spoken
from pe.publish.assets import Assets
from pe.publish.lean import lean
from pe.render import chart, editors, notes, upkeep, words
from pe.render.frame import Frame, Place
from pe.render.markdown import Answers, Pages, converter
from pe.render.sections import cut
from pe.site import Site

ASSETS = "assets/"


@dataclass
class Sheet:
    """What has been gathered of the page that is being rendered."""

    frame: Frame
    page: Page

    @cached_property
    def notes(self) -> dict[str, notes.Note]:
        """What each footnote of a claim leads to, numbered in the order of reading (Markdown renders in another)."""
        return notes.listed(self.page.cited, self.frame.site.ledger)


@cache  # while pages are served, what was made of the templates before; changed files are read again
def _templates(folder: Path) -> Environment:
    templates = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    for name in templates.list_templates(["html"]):  # once, before the pages of each language get a process of their own
        templates.get_template(name)
    return templates


def styles_and_scripts(site: Site, *, keeps: bool) -> Assets:
    """Make the styles and scripts of a site. `keeps` says whether pages may be kept for reading without a connection.

    Raises FileNotFoundError where a source is missing.
    """
    folder = site.project.root / "overrides" / "assets"

    def opened(name: str, locale: str) -> str:
        page = site.pages[locale].get("offline") if keeps else None
        place = Place(page.name, page.title, site.urls.path(locale, page.name)) if page else None
        template = _templates(site.project.root / "overrides").get_template(f"partials/opened/{name}.html")
        return template.render(t=site.say(locale), keeps=place)

    return assets.build(folder, spoken.build(site, folder / "js", opened))


class Renderer:
    """Renders page after page."""

    def __init__(self, site: Site, assets: Assets, views: Callable[[Frame], dict[str, Any]]) -> None:
        self.site = site
        self.views = views  # what the templates show on each page of sheets of paper, share links and kept pages
        self.names = assets.names  # the published address of each script, font, picture
        self.styles = assets.styles
        self.head_script = Markup(assets.head)
        self.extension = Pages()
        self.markdown = converter(map(str, site.project.config["markdown_extensions"]), self.extension)
        self.marks: dict[tuple[str, str, int], str] = {}  # made once: a page shows up to 100 of them
        self.templates = _templates(site.project.root / "overrides")

    def page(self, locale: str, name: str) -> str:
        """Make a page, whole, but for its policy. Raises KeyError where it is not known."""
        self.sheet = Sheet(Frame(self.site, locale, name, self.names.__getitem__), self.site.pages[locale][name])
        self.extension.answers = Answers(self._cite, self.draw, self._place)
        html = self.markdown.reset().convert(self.sheet.page.text)
        sheet, page, frame = self.sheet, self.sheet.page, self.sheet.frame
        deep = page.kind == "topic"
        whole = self._template("document.html").render(
            frame.words() | self.views(frame) | upkeep.views(frame),
            head_script=self.head_script,
            page=page,
            body=cut(html, deep=deep),
            deep=deep,
            minutes=frame.minutes(page.name),
            notes=list(dict.fromkeys(sheet.notes.values())),
            checked_day=words.day(page.checked, frame.voice) if page.checked else "",
            review_month=words.month(page.review, frame.voice) if page.review else "",
            draw=self.draw,
            chart=chart.build(frame) if page.name == "treatments" else None,
            **(frame.home() if page.kind == "home" else {}),
            **(frame.a_to_z() if page.kind == "search" else {}),
        )
        return lean(whole, self.styles, self.site.urls.between(frame.here, ASSETS))

    def sealed(self, html: str, assets: str) -> bytes:
        """Finish a page that stands beside the others; `assets` leads from it to the folder of files."""
        return policy.seal(lean(html, self.styles, assets)).encode()

    def _cite(self, footnote: str) -> str:
        ledger, sheet = self.site.ledger, self.sheet
        t = self.site.say(sheet.frame.voice)
        if note := sheet.notes.get(footnote):
            key = (sheet.frame.voice, note.certainty, note.number)
            if key not in self.marks:
                self.marks[key] = " " + self._template("partials/mark.html").render(note=note, t=t).strip()
            return self.marks[key]
        if article := ledger.articles.get(footnote):
            claims = {claim.id for claim in ledger.claims_answering(footnote)}
            return self._template("partials/verdict.html").render(
                article=article, filled=notes.bars(article.certainty), places=self._citing(claims), t=t
            )
        reference = ledger.references[footnote]
        claims = {claim.id for claim in ledger.claims_citing(footnote)}
        return self._template("partials/reference.html").render(
            cited=notes.cited(reference, ledger),
            kind=reference.kind,
            publisher=reference.publisher if reference.authors else "",
            verified=reference.verified,
            places=self._citing(claims),
            t=t,
        )

    def _place(self, name: str, section: str) -> str:
        return self.sheet.frame.place(name, section).link

    def draw(self, name: str) -> Markup:
        """Give a drawing of docs/figures as inline SVG; nothing where there is none."""
        return self.site.drawings.get(name, Markup())

    def _citing(self, claims: Iterable[str]) -> list[Place]:
        found: dict[str, Place] = {}
        for claim in sorted(claims):
            for name, section in self.site.cited_in.get(claim, ()):
                if name not in found:
                    found[name] = self.sheet.frame.place(name, section)
        return list(found.values())

    def beside(self) -> dict[str, bytes]:
        """Give the page for wrong addresses, the page for editors, and one for each address that has moved."""
        made = {"404.html": self.sealed(self._missing(), self.base + ASSETS)}
        made[f"{editors.ADDRESS}index.html"] = self.sealed(self._editors(), self.site.urls.between(editors.ADDRESS, ASSETS))
        for locale, pages in self.site.pages.items():
            for name in pages:
                for former in self.site.slugs.former(locale, name):
                    made[f"{former}index.html"] = self._moved(former, locale, name)
        default = self.site.project.default
        for former, name in self.site.slugs.retired(self.site.project.retired):  # of a language that was given up
            made[f"{former}index.html"] = self._moved(former, default, name if name in self.site.order else "index")
        return made

    def _moved(self, former: str, locale: str, name: str) -> bytes:
        urls = self.site.urls
        moved = self._template("moved.html").render(
            locale=locale,
            direction=words.direction(locale),
            title=self.site.pages[locale][name].title,
            canonical=urls.absolute(locale, name),
            link=urls.between(former, urls.path(locale, name)),
        )
        return policy.seal(moved).encode()

    def _editors(self) -> str:
        return self._template("editors.html").render(
            groups=editors.groups(self.site),
            heads=editors.HEADS,
            unseen=editors.unseen(self.site),
            references=len(self.site.ledger.references),
            asset=lambda plain: self.site.urls.between(editors.ADDRESS, self.names[plain]),
            head_script=self.head_script,
        )

    def _missing(self) -> str:
        """One page for all languages; its links are absolute, because it is shown at any depth."""
        base = self.base
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
            head_script=self.head_script,
            direction=words.direction,
        )

    @property
    def base(self) -> str:
        """Give the path of the site, for pages that are shown at any depth."""
        return urlsplit(self.site.project.site_url).path

    def _template(self, name: str) -> Template:
        return self.templates.get_template(name)
