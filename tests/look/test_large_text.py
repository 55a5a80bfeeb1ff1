"""Large letters on a phone: the reader's own size of text in the browser (200 %), or that of the site (130 %, 150 %)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from built import Built
from conftest import launched
from eyes import LOCALES, NARROW, PHONE, Walk, tab
from playwright.sync_api import Browser, Playwright

Serve = Callable[[Built], str]
TWICE = 32  # px: the letters of a browser are 16 px until a reader wants others
CHOSEN = "size => document.documentElement.setAttribute('data-pe-size', size)"  # as the reading settings do


@pytest.fixture(scope="module")
def twice(playwright: Playwright) -> Iterator[Browser]:
    """A browser whose reader has set its text to 200 %: rem and the em of media queries follow."""
    started = launched(playwright, f"--blink-settings=defaultFontSize={TWICE}")
    yield started
    started.close()


@pytest.mark.parametrize("locale", LOCALES)
def test_no_page_scrolls_sideways_at_200_percent(built: Built, serve: Serve, twice: Browser, locale: str) -> None:
    """1.4.4 on a phone, which is more than it asks for."""
    walk = Walk(built, serve(built), locale)
    for width in (PHONE, NARROW):
        with tab(twice, width) as page:
            for path in walk.pages(page):
                assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == TWICE
                page.evaluate("probes.openAll()")
                walk.tell(f"{path} at {width} px, 200 %", page.evaluate("probes.pastEdge().concat(probes.cutOff())"))
    walk.done()


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_printed_over_the_next_line_at_200_percent(built: Built, serve: Serve, twice: Browser, locale: str) -> None:
    walk = Walk(built, serve(built), locale)
    with tab(twice, PHONE) as page:
        for path in walk.pages(page):
            walk.tell(f"{path} at 200 %", page.evaluate("probes.overprinted()"))
    walk.done()


@pytest.mark.parametrize("locale", LOCALES)
def test_no_short_word_is_torn_among_the_danger_signs(
    built: Built, serve: Serve, browser: Browser, twice: Browser, locale: str
) -> None:
    """Least of all an emergency number or the country it is for. Longer words part at a syllable where the browser can."""
    walk = Walk(built, serve(built), locale)
    for one, sizes in ((browser, {100: 18, 130: 16, 150: 15}), (twice, {200: 10})):
        with tab(one, PHONE) as page:
            for path in walk.pages(page):
                for size, letters in sizes.items():
                    page.evaluate(CHOSEN, size)
                    walk.tell(f"{path} at {size} %", page.evaluate(f"probes.torn('.pe-danger, .pe-now', {letters})"))
                    walk.tell(f"{path} at {size} %", page.evaluate("probes.torn('.pe-numbers, .pe-step h3, .pe-lines', 15)"))
    walk.done()


@pytest.mark.parametrize("locale", LOCALES)
def test_no_word_is_torn_in_the_chart(built: Built, serve: Serve, browser: Browser, locale: str) -> None:
    """Nor the bracket after it."""
    walk = Walk(built, serve(built), locale)
    with tab(browser, PHONE) as page:
        for path in walk.pages(page, lambda url: "pe-chart" in built.by_url[url].html):
            for size in (100, 115, 130, 150):
                page.evaluate(CHOSEN, size)
                walk.tell(f"{path} at {size} %", page.evaluate("probes.torn('.pe-chart', 16)"))
    walk.done()
