"""Nothing reaches past the edge, nothing is cut off, everything is large enough to be hit, lines can be read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from built import Built
from eyes import LOCALES, NARROW, PHONE, WIDE, Walk, tab
from playwright.sync_api import Browser

Serve = Callable[[Built], str]
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""  # WCAG 2.2, 1.4.12


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_reaches_past_the_edge_at_320_px(built: Built, serve: Serve, browser: Browser, locale: str) -> None:
    """320 px is also 1280 px at 400 %. Once as it comes, once with the reader's largest letters and widest spacing."""
    walk = Walk(built, serve(built), locale)
    with tab(browser, NARROW, 640) as page:
        for path in walk.pages(page):
            page.evaluate("probes.openAll()")
            walk.tell(f"{path} at {NARROW} px", page.evaluate("probes.pastEdge().concat(probes.cutOff())"))
            page.add_style_tag(content=SPACING)
            walk.tell(f"{path} at {NARROW} px, spaced as in 1.4.12", page.evaluate("probes.pastEdge().concat(probes.cutOff())"))
            page.evaluate("document.head.lastElementChild.remove(), probes.largest()")
            walk.tell(f"{path} at {NARROW} px, largest letters", page.evaluate("probes.pastEdge().concat(probes.cutOff())"))
    walk.done()


@pytest.mark.parametrize("locale", LOCALES)
def test_targets_lines_and_hyphens(built: Built, serve: Serve, browser: Browser, locale: str) -> None:
    """2.5.5: 44 px but for links in sentences. 1.4.8: lines. Long words may part where a line is short."""
    walk = Walk(built, serve(built), locale)
    for width in (PHONE, WIDE):
        with tab(browser, width) as page:
            for path in walk.pages(page):
                page.evaluate("probes.openAll()")
                found = page.evaluate("probes.targets().concat(probes.reading(), probes.cutOff(), probes.pastEdge())")
                walk.tell(f"{path} at {width} px", found)
                if width == PHONE:
                    walk.tell(f"{path} at {width} px", page.evaluate("probes.hyphens()"))
    walk.done()


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_that_is_a_table_lists_its_parts(built: Built, serve: Serve, browser: Browser, locale: str) -> None:
    """Once: on a phone after the danger signs, on a wide screen beside the text, and there over nothing else."""
    walk = Walk(built, serve(built), locale)
    for width in (PHONE, WIDE):
        with tab(browser, width) as page:
            for path in walk.pages(page):
                if page.query_selector(".pe-page--table"):
                    walk.tell(f"{path} at {width} px", page.evaluate("probes.contents(innerWidth > 1000)"))
    walk.done()


def test_a_long_word_is_parted_rather_than_run_past_the_edge(built: Built, serve: Serve, browser: Browser) -> None:
    """Whether at a syllable depends on the browser's own dictionaries, which a test browser may lack."""
    with tab(browser, NARROW) as page:
        page.goto(serve(built) + built.of("sv")[0].url.removeprefix(built.address))
        word = "Ansträngningsutlöst försämring och muskelavslappnande läkemedel"
        assert page.evaluate("word => probes.parted(word)", word) >= 4, "a long word runs past the edge"
