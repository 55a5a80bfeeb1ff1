"""What a reader chooses holds on this device: place, depth, country, theme; and the voice that reads is the device's own."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from built import Built, Page
from eyes import LOCALES, PHONE, tab
from playwright.sync_api import Browser, Route, expect

Serve = Callable[[Built], str]
VOICES = """local => {
  const voices = ['en', 'sv', 'it'].map(name => ({ lang: name + '-X', localService: local, default: false, name }));
  window.said = [];
  const value = { getVoices: () => voices, addEventListener() {}, cancel() {}, speak(one) { said.push(one) } };
  Object.defineProperty(window, 'speechSynthesis', { value });
  window.SpeechSynthesisUtterance = function (text) { this.text = text };
}"""


def topic(site: Built, locale: str) -> Page:
    return next(page for page in site.of(locale) if "two-minutes" in page.ids)


def address(site: Built, root: str, locale: str) -> str:
    return root + topic(site, locale).url.removeprefix(site.address)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_place_is_kept_and_offered(built: Built, serve: Serve, browser: Browser, locale: str) -> None:
    start = address(built, serve(built), locale)
    with tab(browser, PHONE) as page:
        page.goto(start)
        assert not page.is_visible("[data-pe-place]"), "a place is offered that nobody kept"
        page.click("[data-pe-keep=two-minutes]")
        page.goto(start)
        page.click("[data-pe-place] a")
        expect(page).to_have_url(re.compile("#two-minutes$"))
        page.wait_for_function("() => Math.abs(document.getElementById('two-minutes').getBoundingClientRect().top) < 200")


@pytest.mark.parametrize("locale", LOCALES)
def test_depths_hide_detail_but_never_danger(built: Built, serve: Serve, browser: Browser, locale: str) -> None:
    with tab(browser, PHONE) as page:
        page.goto(address(built, serve(built), locale))
        for depth, two, all_ in (("1", False, False), ("2", True, False), ("3", True, True)):
            page.check(f".pe-depth [value='{depth}']")
            assert page.is_visible("#get-help-now") and page.is_visible("#now") and page.is_visible(".pe-sources")
            assert page.is_visible("#two-minutes") == two and page.is_visible("#known") == all_, f"depth {depth}"
            stops = page.locator(".pe-stop:visible").count()
            assert stops == 1 + two, f"depth {depth}: {stops} places to stop, of which one is after what is not shown"
        page.check(".pe-depth [value='1']")
        page.evaluate("location.hash = 'steps'")
        page.wait_for_function("document.getElementById('steps').checkVisibility()")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_country_comes_first_and_all_is_forgotten(built: Built, serve: Serve, browser: Browser, locale: str) -> None:
    start = address(built, serve(built), locale)
    with tab(browser, PHONE) as page:
        page.goto(start)
        assert page.evaluate("localStorage.length") == 0, "something is stored before the reader chose anything"
        page.check(".pe-country [value=GB]")
        page.goto(start)
        page.wait_for_selector(".pe-numbers .pe-mine")
        assert page.get_attribute(".pe-numbers a >> nth=0", "href") == "tel:999"
        assert page.locator(".pe-numbers li").count() == 4, "the other countries are gone"
        page.click("#reading-button")
        page.check("#reading [name=theme][value=dim]")
        expect(page.locator("html")).to_have_attribute("data-md-color-scheme", "dim")
        page.click("#reading [data-pe-forget]")
        page.wait_for_function("() => localStorage.length === 0")
        expect(page.locator("html")).to_have_attribute("data-md-color-scheme", "auto")


def test_a_button_pressed_again_while_its_tool_comes_still_opens_it(built: Built, serve: Serve, browser: Browser) -> None:
    with tab(browser, PHONE) as page:
        held: list[Route] = []
        page.route("**/reading.*.js", lambda route: held.append(route))
        page.goto(serve(built))
        with page.expect_request("**/reading.*.js"):
            page.click("#reading-button")
        page.click("#reading-button")
        held[0].continue_()
        expect(page.locator("#reading")).to_be_visible()
        page.wait_for_timeout(100)
        expect(page.locator("#reading-button")).to_have_attribute("aria-expanded", "true")
        page.click("#reading-button")
        expect(page.locator("#reading")).to_be_hidden()


def test_each_of_two_buttons_is_opened_once_while_both_tools_come(built: Built, serve: Serve, browser: Browser) -> None:
    with tab(browser, PHONE) as page:
        held: list[Route] = []
        page.route(re.compile(r"/(reading|gloss)\.[^/]*\.js"), lambda route: held.append(route))
        page.goto(address(built, serve(built), "en"))
        with page.expect_request("**/reading.*.js"):
            page.click("#reading-button")
        with page.expect_request("**/gloss.*.js"):
            page.click("main .pe-term >> visible=true >> nth=0")
        page.click("#reading-button")
        for one in held:
            one.continue_()
        expect(page.locator(".pe-gloss")).to_be_visible()
        expect(page.locator("#reading")).to_be_visible()


def test_all_is_erased_though_nothing_can_be_fetched(built: Built, serve: Serve, browser: Browser) -> None:
    with tab(browser, PHONE) as page:
        page.route("**/reading.*.js", lambda route: route.abort())
        page.goto(serve(built) + "privacy/")
        page.evaluate("['theme', 'country', 'lang', 'place'].forEach(name => localStorage.setItem('pe-' + name, 'x'))")
        button = page.locator("main [data-pe-forget]")
        button.click()
        expect(button).to_have_text(button.get_attribute("data-pe-forget") or "the words that say so")
        assert page.evaluate("localStorage.length") == 0
        page.unroute_all()
        with page.expect_request_finished(lambda one: "/reading." in one.url):
            button.click()


def test_only_a_switch_of_language_is_remembered(built: Built, serve: Serve, browser: Browser) -> None:
    """A sheet in another language, or the newer page in the original one, says nothing about what the reader wants."""
    with tab(browser, PHONE) as page:
        page.goto(serve(built) + "print/#two-languages")
        page.evaluate("addEventListener('click', event => event.preventDefault())")  # nothing is opened
        newer = '<p class="pe-note" id="newer"><a href="/sv/om/#report" hreflang="sv">!</a></p>'  # as content.html writes it
        page.evaluate("text => document.querySelector('main').insertAdjacentHTML('afterbegin', text)", newer)
        for link in (page.locator("main a[hreflang=sv][type='application/pdf']").first, page.locator("#newer a")):
            before = link.get_attribute("href")
            link.click()
            assert link.get_attribute("href") == before
            assert page.evaluate("localStorage.length") == 0
        page.click(".pe-langs a[hreflang=sv]")
        assert page.evaluate("localStorage.getItem('pe-lang')") == "sv"
        assert (page.get_attribute(".pe-langs a[hreflang=sv]", "href") or "").endswith("#two-languages")


@pytest.mark.parametrize("locale", LOCALES)
def test_only_a_voice_of_the_device_reads(built: Built, serve: Serve, browser: Browser, locale: str) -> None:
    start = address(built, serve(built), locale)
    with tab(browser, PHONE) as page:
        page.add_init_script(f"({VOICES})(false)")
        page.goto(start)
        assert not page.is_visible("[data-pe-listen]"), "a voice of a server is offered"
    with tab(browser, PHONE) as page:
        page.add_init_script(f"({VOICES})(true)")
        page.goto(start)
        page.click("[data-pe-listen]")
        page.wait_for_function("said.length > 0")
        assert page.evaluate("said[0].voice.name") == locale and page.evaluate("said[0].lang") == locale
        for _ in range(12):
            page.evaluate("said[said.length - 1].onend()")
        read = page.evaluate("said.map(one => one.text)")
        assert read[0] == page.inner_text("h1"), read[0]
        assert not any("(" in one and one.strip(" ()0123456789") == "" for one in read)
        assert not (found := page.evaluate("probes.pastEdge().concat(probes.targets())")), found
        page.locator("#sources").scroll_into_view_if_needed()
        expect(page.locator("[data-pe-do=pause]")).to_be_in_viewport(ratio=1)
        page.keyboard.press("Escape")
        expect(page.locator("#listen")).to_be_hidden()


def test_a_page_that_is_not_translated_yet_is_read_in_its_own_language(built: Built, serve: Serve, browser: Browser) -> None:
    shown, spoken = LOCALES[-1], LOCALES[0]
    start = address(built, serve(built), shown)
    with tab(browser, PHONE) as page:
        page.add_init_script(f"({VOICES})(true)")
        html = (
            page.request.get(start).text().replace('<div class="pe-wide pe-page', f'<div lang={spoken} class="pe-wide pe-page')
        )
        page.route(start, lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(start)
        page.click("[data-pe-listen]")
        page.wait_for_function("said.length > 0")
        assert page.evaluate("[document.documentElement.lang, said[0].voice.name, said[0].lang]") == [shown, spoken, spoken]


def test_a_tap_on_a_heading_that_is_read_pauses_and_leads_nowhere(built: Built, serve: Serve, browser: Browser) -> None:
    start = address(built, serve(built), LOCALES[0])
    with tab(browser, PHONE) as page:
        page.add_init_script(f"({VOICES})(true)")
        page.goto(start)
        page.click("[data-pe-listen]")
        page.wait_for_function("said.length > 0")
        heading = page.locator("#key-points a")
        for _ in range(12):
            if page.evaluate("said[said.length - 1].text") == heading.inner_text():
                break
            page.evaluate("said[said.length - 1].onend()")
        pause = page.locator("[data-pe-do=pause]")
        before = pause.inner_text()
        heading.click()
        expect(pause).not_to_have_text(before)
        expect(page).to_have_url(start)
