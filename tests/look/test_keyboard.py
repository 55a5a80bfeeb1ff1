"""With the keyboard alone: everything is reached and left, in the order of the page, with a ring, in sight."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from built import Built, Page
from eyes import LOCALES, PHONE, WIDE, Walk, tab
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

Serve = Callable[[Built], str]
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789/?.,#"


def tabs(page: Tab, times: int, *, back: bool = False) -> None:
    """Press Tab many times, without waiting for the key to come up again."""
    keys = page.context.new_cdp_session(page)
    for _ in range(times):
        keys.send(
            "Input.dispatchKeyEvent",
            {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9, "modifiers": 8 * back},
        )
    keys.detach()


def topic(site: Built, locale: str) -> Page:
    return next(page for page in site.of(locale) if "two-minutes" in page.ids)


@pytest.mark.parametrize("locale", LOCALES)
def test_everything_is_reached_in_order_and_seen(built: Built, serve: Serve, browser: Browser, locale: str) -> None:
    """2.1.1, 2.4.3, 2.4.11, 2.4.13: with the reading panel open; the other way round with Shift on one page of each kind."""
    walk = Walk(built, serve(built), locale)
    kinds: set[str] = set()
    with tab(browser, PHONE, 740) as page:
        for path in walk.pages(page):
            if page.query_selector(".pe-share"):  # its list of parts comes when the panel is first used
                page.hover(".pe-share")
                page.wait_for_function("() => !!pe.share")
            page.evaluate("probes.openAll().then(probes.watch)")
            count = page.evaluate("probes.stops().length")
            tabs(page, count)
            tabs(page, min(30, page.evaluate("probes.ahead()")))  # what came into the page on the way
            walk.tell(f"{path} at {PHONE} px, light", page.evaluate("probes.walk()"))
            kind = page.evaluate("document.querySelector('.pe-page').className")
            if kind not in kinds:
                kinds.add(kind)
                last = page.evaluate("probes.name(document.activeElement)")
                tabs(page, page.evaluate("probes.behind()"), back=True)
                first = page.evaluate("probes.name(document.activeElement)")
                walk.tell(path, [] if "pe-skip" in first else [f"back from {last} the way ends at {first}"])
    walk.done()


@pytest.mark.parametrize("locale", LOCALES)
def test_no_single_key_does_anything(built: Built, serve: Serve, browser: Browser, locale: str) -> None:
    """2.1.4: a letter said by a voice control, or hit by a shaking hand, changes nothing."""
    walk = Walk(built, serve(built), locale)
    with tab(browser, WIDE) as page:
        for path in walk.pages(page):
            before = page.evaluate("probes.state()")
            for key in LETTERS:
                page.keyboard.press(key)
            after = page.evaluate("probes.state()")
            walk.tell(path, [] if after == before else [f"letters changed “{before}” into “{after}”"])
    walk.done()


@pytest.mark.parametrize("locale", LOCALES)
def test_escape_closes_and_focus_returns(built: Built, serve: Serve, browser: Browser, locale: str) -> None:
    with tab(browser, PHONE, 740) as page:
        page.goto(serve(built) + topic(built, locale).url.removeprefix(built.address))
        page.focus("#reading-button")
        page.keyboard.press("Enter")
        page.wait_for_selector("#reading")
        assert page.evaluate("document.activeElement.type") == "radio"
        page.keyboard.press("Escape")
        expect(page.locator("#reading")).to_be_hidden()
        expect(page.locator("#reading-button")).to_be_focused()

        page.focus("main .pe-term")
        page.keyboard.press("Enter")
        page.wait_for_selector("#gloss")
        assert page.evaluate("document.activeElement.id") == "gloss"
        assert page.get_attribute("#gloss", "aria-label") == page.text_content("#gloss b") != ""
        assert len(page.text_content("#gloss p + p") or "") > 20, "the word is not explained"
        page.keyboard.press("Escape")
        expect(page.locator("#gloss")).to_be_hidden()
        assert page.evaluate("document.activeElement.className") == "pe-term"


def test_a_word_is_explained_by_touch(built: Built, serve: Serve, browser: Browser) -> None:
    for locale in LOCALES:
        with tab(browser, PHONE, 740, has_touch=True, is_mobile=True) as page:
            page.goto(serve(built) + topic(built, locale).url.removeprefix(built.address))
            page.tap("main .pe-term")
            page.wait_for_selector("#gloss")
            box = page.locator("#gloss").bounding_box()
            assert box and box["y"] >= 0 and box["y"] + box["height"] <= 740, "the explanation is not in sight"
            page.tap("#gloss button")
            expect(page.locator("#gloss")).to_be_hidden()


def test_a_link_into_the_page_is_not_hidden_at_its_top(built: Built, serve: Serve, browser: Browser) -> None:
    """2.4.11: nothing sticks to the top; the skip link leads to the text."""
    with tab(browser, PHONE, 740) as page:
        page.goto(serve(built) + topic(built, "en").url.removeprefix(built.address) + "#steps")
        shown = (
            "() => { const { top } = document.getElementById('steps').getBoundingClientRect(); return top >= 0 && top < 300; }"
        )
        page.wait_for_function(shown)
        page.goto(serve(built) + topic(built, "en").url.removeprefix(built.address))
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("#main$"))
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")  # it is in view
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
