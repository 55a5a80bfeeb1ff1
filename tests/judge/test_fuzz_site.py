"""What the judge accepts can be made: pages, data, feeds and search, whatever stands in the words; never a traceback.

How to try ten thousand examples of each: tests/written.py.
"""

from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as etree
from collections.abc import Callable, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from unittest import mock

import minify_html
import pytest
from built import tags
from hypothesis import given
from hypothesis import strategies as st
from written import PIECE, examples, reworded, tidy, unclear

from pe import page, strings
from pe.cards.files import Cards
from pe.complaint import Refused
from pe.handouts import listing
from pe.handouts.sheets import Made
from pe.judge import LEDGER_PAGE_RULES, PAGE_RULES, judged
from pe.judge.reading import Reading, read_all
from pe.offline import files as offline
from pe.project import Project
from pe.publish import data, feeds, policy, sitemap
from pe.render import share
from pe.render.renderer import Renderer, styles_and_scripts
from pe.search import files as search
from pe.site import Site

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NAMES = ("index", "muscle-spasms", "treatments", "sources", "glossary", "search", "what-the-articles-said", "print")
TEXTS = {
    name: (ROOT / f"docs/{name}").read_text("utf-8")
    for name in (f"{language}/{one}.md" for language in ("en", "it") for one in NAMES)
    if (ROOT / f"docs/{name}").is_file()
}
BESIDE = (
    *(f"docs/evidence/{name}.yml" for name in ("claims", "references", "articles", "changes", "help")),
    "translations/search.en.yml",
    "docs/en/back-pain.md",
    "docs/sv/glossary.md",
)


class World:
    """The site's own pages and ledger, and what makes the pages, without PDFs and pictures."""

    def __init__(self, cards: Path) -> None:
        self.reading, complaints = read_all(Project(ROOT))
        assert complaints == []
        self.scripts: dict[tuple[str, str], int] = {}  # how many a page has that nobody has changed
        site = Site(self.reading)
        drawn = Cards(site, cards, only_kept=True).all
        self.renderer = Renderer(
            site,
            styles_and_scripts(site, keeps=True),
            lambda frame: listing.views(Made(), frame) | share.views(frame, drawn) | offline.views(frame, made=True),
        )

    def __repr__(self) -> str:
        return "world"  # not pages of digests where an example fails

    def made(self, reading: Reading, locale: str, name: str) -> str:
        """Make a page of what was read."""
        self.renderer.site = Site(reading)
        self.renderer.marks.clear()
        return policy.seal(self.renderer.page(locale, name))

    def is_whole(self, reading: Reading, locale: str, name: str) -> None:
        """Make a page: its tags are closed, it has no scripts but ours, every place is filled, and lean it is the same."""
        whole: list[str] = []

        def lean(html: str, minify: Callable[[str], str] = minify_html.minify) -> str:
            whole.append(html)
            return minify(html)

        with mock.patch("minify_html.minify", lean):
            html = self.made(reading, locale, name)
        (body,) = whole
        head = html[: html.index("<body")]
        assert parts(html) == parts(head + body)
        found = Balance(head + body)
        assert found.faults == []
        if (locale, name) not in self.scripts:
            self.scripts[locale, name] = Balance(self.made(self.reading, locale, name)).scripts
        assert found.scripts == self.scripts[locale, name]
        assert html.count("default-src 'none'") == 1
        assert not set(html) & {chr(code) for code in range(32)} - {"\n", "\t"}
        html.encode()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("cards"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project without faults."""
    root = tmp_path_factory.mktemp("fuzz") / "project"
    shutil.copytree(HERE / "sample", root)
    shutil.copy(ROOT / "docs/evidence/schema.json", root / "docs/evidence/schema.json")
    return root


VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
        "path", "circle", "rect", "use", "line", "ellipse", "polyline", "polygon"}  # fmt: skip


def parts(html: str) -> list[tuple[str, dict[str, str], str]]:
    """What a browser makes of a page, but for blanks between words; a button sends unless it says otherwise."""
    found = tags(html)
    for button in (tag for tag in found if tag.name == "button"):
        button.attributes.setdefault("type", "submit")
    return [(tag.name, tag.attributes, "".join(tag.text.split())) for tag in found]


class Balance(HTMLParser):
    """Tags that were opened and not closed, or closed and not opened; the scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.scripts = 0
        self.feed(html)
        self.close()
        self.faults += self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.faults += [f"{tag} {name}" for name, _ in attrs if name.startswith("on") or name == "style"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing is open after it."""

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag not in VOID:
            self.faults.append(f"/{tag} in {self.open[-2:]}")


@examples(60)
@given(changed=st.sampled_from(sorted(TEXTS)).flatmap(lambda name: st.tuples(st.just(name), reworded(TEXTS[name]))))
def test_a_page_that_is_accepted_can_be_made(world: World, sample: Path, changed: tuple[str, str]) -> None:
    (shown, text), reading = changed, world.reading
    locale, name = shown.removesuffix(".md").split("/")
    path = sample / f"{name}.md"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    one, complaints = page.read(path, locale, f"docs/{shown}", reading.styles[locale].abbreviations)
    pages = {**reading.pages, locale: {**reading.pages[locale], name: one}}
    now = replace(reading, pages=pages)
    for rule in (*PAGE_RULES, *LEDGER_PAGE_RULES):
        complaints += rule(one, now)
    assert unclear(complaints) == []
    if not complaints and not one.stub:
        world.is_whole(now, locale, name)


@examples(40)
@given(data=st.data())
def test_words_of_the_interface_that_are_accepted_can_be_shown(world: World, sample: Path, data: st.DataObject) -> None:
    reading = world.reading
    filled = sorted(key for key, text in reading.strings["en"].items() if "{" in text)
    key = data.draw(st.one_of(st.sampled_from(sorted(reading.strings["sv"])), st.sampled_from(filled)))
    said = reading.strings["sv"][key]
    value = data.draw(st.one_of(reworded(said), PIECE.map(lambda piece: said + piece), PIECE))
    words: Mapping[str, str] = {**reading.strings["sv"], key: tidy(value)}
    described = {one: {"text": text, "where": "x"} for one, text in reading.strings["en"].items()}
    for locale, table in (("en", described), ("sv", words)):
        (sample / f"translations/{locale}.yml").write_text(json.dumps(table), "utf-8")
    found, complaints = strings.load(Project(sample), "sv")
    assert unclear(complaints) == []
    if not complaints:
        now = replace(reading, strings={**reading.strings, "sv": found})
        Site(now).say("sv")(key, **dict.fromkeys(strings.PLACEHOLDER.findall(reading.strings["en"][key]), "x"))
        name = data.draw(st.sampled_from(("index", "muscle-spasms", "search", "print")))
        world.is_whole(now, "sv", name)
        feeds.build(Site(now))


@examples(60)
@given(name=st.sampled_from(BESIDE), drawn=st.data())
def test_what_is_accepted_becomes_whole_data_feeds_and_search(
    world: World, sample: Path, name: str, drawn: st.DataObject
) -> None:
    path = sample / name
    kept = (HERE / "sample" / name).read_text("utf-8")
    path.write_bytes(drawn.draw(reworded(kept)).encode("utf-8", "surrogatepass"))
    try:
        found, complaints = judged(sample)
    finally:
        path.write_text(kept, "utf-8")
    assert unclear(complaints) == []
    if complaints or found is None:
        return
    site = Site(replace(found, strings=world.reading.strings))
    for address, content in (data.build(site) | feeds.build(site) | sitemap.build(site) | dict(search.publish(site))).items():
        if address.endswith(".json"):
            json.loads(content)
        elif address.endswith(".xml"):
            etree.fromstring(content)
        elif address.endswith(".js"):
            json.loads(b"[" + content.removeprefix(b"peSearch.take(").removesuffix(b")") + b"]")


def test_a_word_that_the_pages_need_and_nobody_wrote_is_told_in_a_line(world: World) -> None:
    strings_of = world.reading.strings
    without = {key: text for key, text in strings_of["sv"].items() if key != "share.copy_link"}
    with pytest.raises(Refused) as told:
        world.made(replace(world.reading, strings={**strings_of, "sv": without}), "sv", "index")
    assert str(told.value).startswith("translations/sv.yml:1  string-missing  `share.copy_link` is missing")
    astray = {**strings_of["sv"], "page.checked": "{week}"}
    with pytest.raises(Refused, match="has a placeholder without value, 'week'"):
        Site(replace(world.reading, strings={**strings_of, "sv": astray})).say("sv")("page.checked", day="x")
