"""Nothing is lost: forced colours, more contrast, less motion, no script, the system's own theme; no flash of white."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from built import Built
from eyes import LOCALES, PHONE, THEMES, Walk, tab
from playwright.sync_api import Browser

Serve = Callable[[Built], str]
SYSTEMS = [
    ({"color_scheme": "light"}, "light"),
    ({"color_scheme": "dark"}, "dim"),
    ({"color_scheme": "light", "contrast": "more"}, "contrast-light"),
    ({"color_scheme": "dark", "contrast": "more"}, "contrast-dark"),
]
GROUND = "getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).color"


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_lost_in_forced_colours(built: Built, serve: Serve, browser: Browser, locale: str) -> None:
    walk = Walk(built, serve(built), locale)
    with tab(browser, PHONE, forced_colors="active") as page:
        for path in walk.pages(page):
            page.evaluate("probes.openAll()")
            walk.tell(f"{path}, forced colours", page.evaluate("probes.lost()"))
            walk.tell(f"{path}, forced colours", page.evaluate("probes.pastEdge()"))
    walk.done()


@pytest.mark.parametrize("locale", LOCALES)
def test_the_words_are_the_same_in_every_mode(built: Built, serve: Serve, browser: Browser, locale: str) -> None:
    """Forced colours, more contrast and less motion take no word away."""
    walk = Walk(built, serve(built), locale)
    shown: dict[str, str] = {}
    for mode in ({}, {"forced_colors": "active"}, {"contrast": "more"}, {"reduced_motion": "reduce"}):
        with tab(browser, PHONE, **mode) as page:
            for path in walk.pages(page):
                words = page.evaluate("probes.words()")
                if shown.setdefault(path, words) != words:
                    lost = sorted(set(shown[path].split("\n")) - set(words.split("\n")))
                    walk.tell(f"{path}, {mode}", [f"lost: {lost[:3]}"])
    walk.done()


def test_nothing_moves(built: Built, serve: Serve, browser: Browser) -> None:
    """With or without the wish for less motion."""
    for locale in LOCALES:
        walk = Walk(built, serve(built), locale)
        with tab(browser, PHONE, reduced_motion="no-preference") as page:
            for path in walk.pages(page):
                page.evaluate("probes.openAll()")
                walk.tell(path, page.evaluate("probes.moving()"))
        walk.done()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_system_decides_the_theme_until_the_reader_does(built: Built, serve: Serve, browser: Browser, script: bool) -> None:
    start = serve(built) + built.of("sv")[0].url.removeprefix(built.address)
    looks = {}
    for theme in THEMES:
        with tab(browser, PHONE) as page:
            page.add_init_script(f"localStorage.setItem('pe-theme', '{theme}')")
            page.goto(start)
            looks[theme] = page.evaluate(GROUND)
    assert len(set(looks.values())) == len(THEMES)
    for options, theme in SYSTEMS:
        with tab(browser, PHONE, probes=script, java_script_enabled=script, **options) as page:
            page.goto(start)
            found = page.evaluate(GROUND)
            assert found == looks[theme], f"{options}: {found}, expected {theme}, {looks[theme]}"


def test_a_chosen_theme_is_there_before_the_first_paint(built: Built, serve: Serve, browser: Browser) -> None:
    """No flash of white: the choice is put back by the script in the head, before there is a body."""
    with tab(browser, PHONE, color_scheme="light") as page:
        page.add_init_script(
            """localStorage.setItem('pe-theme', 'dim'); window.seen = [];
            new MutationObserver(() => {
              if (document.body) seen.push(document.documentElement.getAttribute('data-md-color-scheme'));
            })
            .observe(document, { childList: true, subtree: true })"""
        )
        page.goto(serve(built))
        assert set(page.evaluate("seen")) == {"dim"}


@pytest.mark.parametrize("locale", LOCALES)
def test_without_script_menus_and_languages_work(built: Built, serve: Serve, browser: Browser, locale: str) -> None:
    """Every control that is shown does something by itself: it is a link, or opens by HTML alone."""
    walk = Walk(built, serve(built), locale)
    with tab(browser, PHONE, probes=False, java_script_enabled=False) as page:
        for path in walk.pages(page):
            dead = page.eval_on_selector_all(
                "button, [data-pe-keep], [data-pe-listen], .pe-js input, .pe-settings input, select",
                """all => all.filter(one => one.checkVisibility({visibilityProperty: true}))
                .filter(one => !(one.form && one.form.action && one.type === 'submit')).map(one => one.outerHTML)""",
            )
            walk.tell(f"{path} without script", [f"{one} does nothing" for one in dead])
            twins = page.eval_on_selector_all(
                ".pe-langs a[hreflang]", "all => all.filter(one => one.checkVisibility()).map(one => one.hreflang)"
            )
            walk.tell(f"{path} without script", [] if sorted(twins) == sorted(LOCALES) else [f"languages {twins}"])
            listed = page.eval_on_selector_all(".pe-foot nav a", "all => all.filter(one => one.checkVisibility()).length")
            walk.tell(f"{path} without script", [] if listed >= 16 else [f"{listed} pages in the list of pages"])
    walk.done()
