"""On a phone what lies far below is laid out late, part by part (head.js): late, not never, and nobody loses a place by it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from built import Built
from eyes import LOCALES, PHONE, WIDE, Walk, tab
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

Serve = Callable[[Built], str]
SKIPPED = """() => [...document.querySelectorAll("body *")]
  .filter(one => getComputedStyle(one).contentVisibility !== "visible").map(one => one.className)"""
LATE = "document.documentElement.matches('.pe-late')"
NEVER = "window.setTimeout = () => {};"  # nothing is let go
TABLET = 700
WAYS = ("came", "failed", "never came")


@pytest.fixture
def address(built: Built, serve: Serve) -> str:
    """Where the page stands that has the most parts that come late."""
    page = max(built.of(LOCALES[0]), key=lambda page: sum(tag.has_class("pe-far") for tag in page.tags))
    return serve(built) + page.url.removeprefix(built.address)


def skipped(page: Tab) -> list[str]:
    """The parts that are not laid out."""
    found: list[str] = page.evaluate(SKIPPED)
    return found


@pytest.mark.parametrize("locale", LOCALES)
def test_soon_after_a_page_has_come_all_of_it_is_laid_out(built: Built, serve: Serve, browser: Browser, locale: str) -> None:
    """What a browser skips, it does not tell a screen reader."""
    walk = Walk(built, serve(built), locale)
    with tab(browser, PHONE) as page:
        for path in walk.pages(page, late=True):
            expect(page.locator(".pe-far"), f"{path}: parts were never let go").to_have_count(0)
            walk.tell(f"{path}, skipped for good", skipped(page))
    walk.done()


@pytest.mark.parametrize("way", WAYS)
def test_the_script_of_a_page_is_not_needed_for_that(browser: Browser, address: str, way: str) -> None:
    with tab(browser, PHONE) as page:
        if way != "came":
            page.route("**/site.*.js", lambda route: route.abort() if way == "failed" else None)
        page.goto(address, wait_until="commit")
        expect(page.locator(".pe-foot")).to_be_attached()
        expect(page.locator(".pe-far"), f"site.js {way}, and parts are not let go").to_have_count(0)


def test_it_is_done_on_phones_alone_and_never_on_paper(browser: Browser, address: str) -> None:
    """On a wide screen a table reaches out of its part, which a part that comes late would cut off."""
    for width, late in ((PHONE, True), (WIDE, False)):
        with tab(browser, width) as page:
            page.add_init_script(NEVER)
            page.goto(address)
            assert bool(skipped(page)) is late, f"{width} px: {skipped(page)}"
            page.emulate_media(media="print")
            assert not skipped(page), f"{width} px, on paper"


def test_where_a_place_is_to_be_found_again_all_is_laid_out_at_once(
    built: Built, serve: Serve, browser: Browser, address: str
) -> None:
    """A link into a page, a page loaded anew, a page gone back to: its heights must be right from the start."""
    with tab(browser, PHONE) as page:
        page.goto(address)
        assert page.evaluate(LATE), "not late on a first visit"
        expect(page.locator(".pe-far")).to_have_count(0)
        page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
        before = page.evaluate("scrollY")
        page.reload()
        assert not page.evaluate(LATE), "late when loaded anew"
        page.wait_for_function("before => Math.abs(scrollY - before) < 2", arg=before)
        page.goto(serve(built))
        page.go_back()
        assert not page.evaluate(LATE), "late when gone back to"
        page.goto("about:blank")
        page.goto(address + "#sources")
        assert not page.evaluate(LATE), "late where a link leads into the page"
        expect(page.locator("#sources")).to_be_in_viewport()


def test_a_link_to_words_in_a_page_leads_to_them(browser: Browser, address: str) -> None:
    """As search engines make them; the location does not tell of such a link."""
    with tab(browser, PHONE) as page:
        page.goto(address)
        words = page.evaluate("""() => {
          const all = document.body.textContent;
          const last = [...document.querySelectorAll(".pe-far > h2 ~ p")].map(one => (one.firstChild?.data || "").trim());
          return last.filter(one => one.length > 40 && all.split(one).length === 2).pop();
        }""")
        page.goto("about:blank")
        page.goto(address + "#:~:text=" + quote(words))
        assert not page.evaluate(LATE), "late where a link leads to words in the page"
        expect(page.get_by_text(words)).to_be_in_viewport()


def test_a_link_into_the_page_lands_right_while_parts_are_late(browser: Browser, address: str) -> None:
    """The reader is faster than the page; heights above the place come while it is looked at."""
    top = "id => document.getElementById(id).getBoundingClientRect().top"
    landed = {}
    with tab(browser, PHONE) as page:
        page.goto(address)
        for part in [link.get_attribute("href")[1:] for link in page.locator(".pe-toc a").all()]:
            page.goto("about:blank")
            page.goto(address)
            page.evaluate("id => document.querySelector(`.pe-toc a[href='#${id}']`).click()", part)
            expect(page.locator(".pe-far")).to_have_count(0)
            page.wait_for_timeout(100)
            before = page.evaluate(top, part)
            page.evaluate("id => document.querySelector(`.pe-toc a[href='#${id}']`).click()", part)
            after = page.evaluate(top, part)
            if abs(before - after) > 8:
                landed[part] = f"{before:.0f} px from the top of the window, and {after:.0f} px when all was laid out"
    assert not landed, landed


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("width", [PHONE, TABLET])
def test_nothing_moves_when_a_part_is_laid_out(built: Built, serve: Serve, browser: Browser, locale: str, width: int) -> None:
    """A part that comes late holds its margins in; let go, all of it must stand where it stood."""
    tops = "() => [...document.querySelectorAll('main :not(.pe-far)')].map(one => Math.round(one.getBoundingClientRect().top))"
    walk = Walk(built, serve(built), locale)
    with tab(browser, width) as page:
        page.add_init_script(NEVER)
        for path in walk.pages(page):
            free = page.evaluate(tops)
            page.add_style_tag(content=".pe-far { contain: layout style paint; }")
            moved = [f"from {one} to {now}" for one, now in zip(free, page.evaluate(tops), strict=True) if abs(one - now) > 1]
            walk.tell(f"{path} at {width} px, an element moves", moved)
    walk.done()
