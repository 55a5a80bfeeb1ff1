"""axe finds nothing: WCAG 2.0 to 2.2, A and AA, best practice, and the rules of AAA that it knows; everything open.

The whole set of rules runs once at each width. A theme changes colours only, so in the other themes every page is
measured for 7:1 (1.4.6), and axe's own rules for colour look at one page of each kind.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from built import Built
from eyes import AXE, LOCALES, OPENED, PHONE, THEMES, WIDE, Walk, tab
from playwright.sync_api import Browser, expect

COLOUR_RULES = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]


@pytest.mark.parametrize("width", [PHONE, WIDE])
@pytest.mark.parametrize("locale", LOCALES)
def test_axe_finds_nothing(built: Built, serve: Callable[[Built], str], browser: Browser, locale: str, width: int) -> None:
    walk = Walk(built, serve(built), locale)
    with tab(browser, width, color_scheme="light") as page:
        for path in walk.pages(page):
            page.evaluate(AXE)
            page.evaluate("probes.openAll()")
            walk.tell(f"{path} at {width} px, light", page.evaluate("probes.axe()"))
    walk.done()


@pytest.mark.parametrize("locale", LOCALES)
def test_words_have_contrast_in_every_theme(built: Built, serve: Callable[[Built], str], browser: Browser, locale: str) -> None:
    walk = Walk(built, serve(built), locale)
    kinds: set[str] = set()
    with tab(browser, PHONE) as page:
        for path in walk.pages(page):
            page.evaluate("probes.openAll()")
            kind = page.evaluate("document.querySelector('.pe-page').className")
            for theme in THEMES:
                page.evaluate("theme => document.documentElement.setAttribute('data-md-color-scheme', theme)", theme)
                walk.tell(f"{path}, {theme}", page.evaluate("probes.colours()"))
                if kind not in kinds and theme != "light":
                    page.evaluate(f"window.axe || (() => {{ {AXE} }})()")
                    walk.tell(f"{path}, {theme}", page.evaluate("rules => probes.axe(rules)", COLOUR_RULES))
            kinds.add(kind)
    walk.done()


@pytest.mark.parametrize("locale", LOCALES)
def test_axe_finds_nothing_in_the_search(built: Built, serve: Callable[[Built], str], browser: Browser, locale: str) -> None:
    """The dialog of the search, open; skipped as long as the site has none."""
    walk = Walk(built, serve(built), locale)
    for width in (PHONE, WIDE):
        with tab(browser, width, color_scheme="dark") as page:
            page.goto(walk.root + built.of(locale)[0].url.removeprefix(built.address))
            if not page.query_selector("#search-button"):
                pytest.skip("no search")
            page.click("#search-button")
            page.wait_for_selector("dialog[open] input")
            page.wait_for_function(OPENED)
            expect(page.locator("#search [role=status]")).to_be_empty()  # its words have come
            page.evaluate(AXE)
            walk.tell(f"search at {width} px, dim", page.evaluate("probes.axe()"))
            walk.tell(f"search at {width} px, dim", page.evaluate("probes.pastEdge().concat(probes.targets())"))
            page.keyboard.press("Escape")
            page.keyboard.press("Escape")  # the first one may empty the field
            expect(page.locator("dialog[open]"), "Escape does not close the search").to_have_count(0)
            assert page.evaluate("document.activeElement.id") == "search-button", "focus does not return to the button"
    walk.done()
