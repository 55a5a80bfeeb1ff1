"""What a reader meets in a real browser: languages, sections, wrong addresses, both base paths, no JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from built import Built, Page
from playwright.sync_api import Browser, Locator, expect

PHONE = {"width": 360, "height": 740}


@pytest.fixture(params=["built", "built_below"])
def site(request: pytest.FixtureRequest) -> Built:
    """The site at the root of a domain, and below /REPO/."""
    found: Built = request.getfixturevalue(request.param)
    return found


def here(url: str, site: Built, root: str) -> str:
    """The address on our own server for a public address."""
    return root + url.removeprefix(site.address)


def topic(site: Built, locale: str) -> Page:
    return next(page for page in site.of(locale) if "two-minutes" in page.ids)


def test_language_switch_keeps_page_and_section(site: Built, serve: Callable[[Built], str], browser: Browser) -> None:
    root = serve(site)
    for locale in site.locales:
        start = topic(site, locale)
        twins = {tag.get("hreflang"): tag.get("href") for tag in start.all("link", rel="alternate") if tag.get("hreflang")}
        for other in site.locales:
            if other == locale:
                continue
            page = browser.new_page()
            page.goto(here(start.url, site, root) + "#causes")
            page.click(f".pe-langs a[hreflang={other}]")
            page.wait_for_url(here(twins[other], site, root) + "#causes")
            assert page.evaluate("document.documentElement.lang") == other
            page.close()


def test_language_switch_without_script_keeps_the_page(site: Built, serve: Callable[[Built], str], browser: Browser) -> None:
    root = serve(site)
    page = browser.new_context(java_script_enabled=False).new_page()
    start = topic(site, site.locales[0])
    for twin in start.all("link", rel="alternate"):
        if twin.get("hreflang") in site.locales and twin.get("hreflang") != start.locale:
            page.goto(here(start.url, site, root))
            page.click(f".pe-langs a[hreflang={twin.get('hreflang')}]")
            expect(page).to_have_url(here(twin.get("href"), site, root))


def test_from_a_mark_to_its_sources_and_back_to_where_one_read(
    site: Built, serve: Callable[[Built], str], browser: Browser
) -> None:
    root = serve(site)
    for locale in site.locales:
        page = browser.new_page(viewport=PHONE)
        page.goto(here(topic(site, locale).url, site, root) + "#causes")
        marks = page.locator(".pe-d3 p a.pe-sure")
        for number, press in ((5, Locator.click), (9, lambda mark: mark.press("Enter"))):
            mark = marks.nth(number)
            press(mark)
            entry = mark.get_attribute("href")
            expect(page.locator(f"[id='{entry[1:]}'] button")).to_be_in_viewport()
            page.locator(".pe-sources button").press("Enter")
            expect(mark).to_be_focused()
            expect(mark).to_be_in_viewport()
            assert entry not in page.url
        page.close()


def test_wrong_address_is_answered_in_all_languages(site: Built, serve: Callable[[Built], str], browser: Browser) -> None:
    root = serve(site)
    page = browser.new_page()
    answer = page.goto(root + "sv/finns-inte/alls/")
    assert answer is not None and answer.status == 404
    assert page.eval_on_selector_all("main section", "all => all.map(one => one.lang)") == [
        tag.get("lang") for tag in Page("", site.folder / "404.html").all("section")
    ]
    assert {tag.get("lang") for tag in Page("", site.folder / "404.html").all("section")} == set(site.locales)
    for link in page.eval_on_selector_all("main a", "all => all.map(one => one.href)"):
        found = page.goto(link)
        assert found is not None and found.status == 200, f"404 page: {link} leads nowhere"
    page.close()


def test_every_page_opens_without_complaint(site: Built, serve: Callable[[Built], str], browser: Browser) -> None:
    root = serve(site)
    page = browser.new_page(viewport=PHONE)
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on(
        "response",
        lambda answer: said.append(f"{page.url}: {answer.status} {answer.url}") if answer.status >= 400 else None,
    )
    foreign: list[str] = []
    page.on(
        "request",
        lambda request: None if request.url.startswith((root, "data:")) else foreign.append(request.url),
    )
    for one in site.pages:
        answer = page.goto(here(one.url, site, root))
        assert answer is not None and answer.status == 200, one.url
    page.close()
    assert not said, "\n".join(said)
    assert not foreign, "\n".join(foreign)


def test_without_script_every_word_of_a_page_is_shown(built: Built, serve: Callable[[Built], str], browser: Browser) -> None:
    root = serve(built)
    page = browser.new_context(java_script_enabled=False, viewport=PHONE).new_page()
    hidden = []
    for one in built.pages:
        page.goto(here(one.url, built, root))
        hidden += [
            f"{one}: “{text[:60]}”"
            for text in page.eval_on_selector_all(
                "main :is(p, li, td, th, h1, h2, h3)",
                """all => all.filter(one =>
                   !one.closest('[hidden], form, dialog, .pe-js, .pe-address, .pe-toc, thead') && one.textContent.trim() &&
                   !one.checkVisibility({visibilityProperty: true})).map(one => one.textContent.trim())""",
            )
        ]
    assert not hidden, "\n".join(hidden[:20])


def test_keyboard_reaches_skip_link_languages_and_all_pages(
    built: Built, serve: Callable[[Built], str], browser: Browser
) -> None:
    root = serve(built)
    page = browser.new_page(viewport=PHONE)
    for locale in built.locales:
        page.goto(here(topic(built, locale).url, built, root))
        reached: list[str] = []
        for _ in range(3000):
            page.keyboard.press("Tab")
            name = page.evaluate(
                "document.activeElement === document.body ? '' : document.activeElement.outerHTML.slice(0, 300)"
            )
            if not name or (reached and name == reached[0]):
                break
            reached.append(name)
        assert "pe-skip" in reached[0], f"{locale}: the first stop is {reached[0]}"
        all_links = page.eval_on_selector_all(
            "a[href], button",
            "all => all.filter(one => one.checkVisibility({visibilityProperty: true})).map(one => one.outerHTML.slice(0, 300))",
        )
        missed = [link for link in all_links if link not in reached]
        assert not missed, f"{locale}: not reached by Tab:\n" + "\n".join(missed[:10])
    page.close()
