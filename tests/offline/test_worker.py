"""Pages kept on a device: asked for, shown without a connection, and taken away again."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from built import Built
from conftest import ROOT
from eyes import until_held
from host import Hosting
from keeping import KEPT, keep_all, keep_opened, listen, page_of, said, today, until, until_asked, until_copied, until_said
from playwright.sync_api import BrowserContext, Route, expect


def test_nothing_is_kept_or_fetched_before_the_reader_asks(site: Built, hosted: Hosting, reader: BrowserContext) -> None:
    host, tab = hosted(site), reader.new_page()
    for page in site.of("sv"):
        tab.goto(host.at(page.url))
    names, urls, workers, keys = tab.evaluate(KEPT)
    assert not (names or urls or workers or keys)
    asked = [path for path in host.asked if re.search(r"worker\.js|kept/", path)]
    assert not asked, asked
    assert sum("/assets/offline." in path for path in host.asked) <= 1, "only the page about it needs its script"


def test_in_airplane_mode_the_pages_opened_since_are_there_with_their_day(
    site: Built, hosted: Hosting, reader: BrowserContext
) -> None:
    host, tab = hosted(site), reader.new_page()
    for locale in site.locales:
        tab.goto(host.at(page_of(site, locale, "/muscle-spasms/").url))
        if locale == site.locales[0]:
            keep_opened(tab)
        until_copied(tab)
    heard = listen(tab)
    reader.set_offline(True)
    for locale in site.locales:
        topic = page_of(site, locale, "/muscle-spasms/")
        tab.goto(host.at(topic.url))
        assert tab.text_content("[data-pe-copy]") == said(locale, "copy", day=today(locale))
        assert tab.text_content("h1") == topic.one("h1").text
        assert tab.evaluate("document.styleSheets.length") == 1 and tab.evaluate("document.documentElement.matches('.js')")
    first = site.locales[0]
    other = page_of(site, first, "/get-help/")
    tab.goto(host.at(other.url))
    assert tab.text_content("h1") == other.one("h1").text, "the page with danger signs is always kept"
    assert not heard, heard


def test_a_page_that_is_not_kept_gives_the_danger_signs_in_all_languages(
    site: Built, hosted: Hosting, reader: BrowserContext
) -> None:
    host, tab = hosted(site), reader.new_page()
    tab.goto(host.at(page_of(site, "it", "/muscle-spasms/").url))
    keep_opened(tab)
    heard = listen(tab)
    reader.set_offline(True)
    tab.goto(host.at(page_of(site, "it", "/back-pain/").url))
    assert tab.url.endswith(page_of(site, "it", "/back-pain/").url.removeprefix(site.address))
    assert sorted(tab.eval_on_selector_all("main section", "all => all.map(one => one.lang)")) == site.locales
    for locale in site.locales:
        signs = page_of(site, locale, "/get-help/")
        shown = tab.text_content(f"section[lang={locale}]") or ""
        assert said(locale, "not_kept") in shown
        dialled = tab.eval_on_selector_all(
            f"section[lang={locale}] [href^='tel:']", "all => all.map(one => one.getAttribute('href'))"
        )
        assert {tag.get("href") for tag in signs.all("a") if tag.get("href").startswith("tel:")} <= set(dialled)
        first = next(tag for tag in signs.all("li") if tag.inside(".pe-step--now") and not tag.inside(".pe-numbers"))
        assert 0 < shown.find("112") < shown.find(first.text[:20]), "whom to call stands before the signs"
        items = [tag for tag in signs.all("li") if tag.inside(".pe-step") and not tag.inside(".pe-numbers", ".pe-lines")]
        assert len(items) > 10
        for item in items:
            words = item.text.split(".")[0]
            assert words in " ".join(shown.split()), words
    assert tab.evaluate("document.styleSheets.length") == 1
    tab.click("section[lang=it] a.pe-button")
    expect(tab.locator("h1")).to_have_text(page_of(site, "it", "/offline/").one("h1").text)
    tab.wait_for_selector("[data-pe-kept] li a")
    assert len(tab.query_selector_all("[data-pe-kept] li a")) == 4, "home, help, the page about it, the page in view"
    assert not heard, heard


def test_a_whole_language_is_kept_with_its_search_and_its_size_said_before(
    site: Built, hosted: Hosting, reader: BrowserContext
) -> None:
    host, tab = hosted(site), reader.new_page()
    heard = listen(tab)
    offline = page_of(site, "sv", "/offline/")
    keep_all(tab, host, offline)
    size = tab.evaluate(
        """async () => {
          const cache = await caches.open((await caches.keys())[0]);
          const sizes = (await cache.keys()).map(async one => (await (await cache.match(one)).blob()).size);
          return (await Promise.all(sizes)).reduce((a, b) => a + b, 0);
        }"""
    )
    said_size = re.search(r"(\d+),(\d) MB", tab.text_content('[data-pe-do="all"]') or "")
    assert said_size and abs(float(f"{said_size[1]}.{said_size[2]}") - size / 1e6) < 0.15, (said_size, size)
    reader.set_offline(True)
    for page in site.of("sv"):
        tab.goto(host.at(page.url))
        assert tab.text_content("h1") == page.one("h1").text, page
        assert tab.query_selector("[data-pe-copy]"), page
    tab.click("#search-button")
    tab.fill("#find-dialog", "kramp")
    tab.wait_for_selector('#search [data-answers="kramp"]')
    found = tab.locator("#search .pe-found li a").first
    address = found.get_attribute("href") or ""
    found.click()
    tab.wait_for_url(address)
    assert tab.query_selector("[data-pe-copy]")
    assert not heard, heard


def test_who_asks_before_the_script_is_there_is_heard(built: Built, hosted: Hosting, reader: BrowserContext) -> None:
    host, tab = hosted(built), reader.new_page()
    held: list[Route] = []
    tab.route("**/assets/offline.*.js", lambda route: held.append(route))
    tab.goto(host.at(page_of(built, "en", "/offline/").url), wait_until="commit")
    tab.click('.js [data-pe-do="visited"]')
    until_held(tab, held)[0].continue_()
    until_said(tab, tab.get_attribute("[data-pe-kept]", "data-visited") or "")


def test_what_broke_off_is_not_called_kept_and_can_be_asked_again(
    built: Built, hosted: Hosting, reader: BrowserContext
) -> None:
    host, tab = hosted(built), reader.new_page()
    topic, signs = page_of(built, "en", "/muscle-spasms/"), page_of(built, "en", "/get-help/")
    tab.goto(host.at(topic.url))
    host.lost = "/get-help/"
    tab.click("#reading-button")
    tab.click("[data-pe-offline]")
    tab.wait_for_url("**/offline/#keep-pages")
    names, _, workers, _ = tab.evaluate(KEPT)
    assert not names and not workers, "the reader was told that nothing came of it"
    until_said(tab, said("en", "none"))
    host.lost = "no such end"
    tab.goto(host.at(topic.url))
    keep_opened(tab)
    reader.set_offline(True)
    tab.goto(host.at(signs.url))
    assert tab.text_content("h1") == signs.one("h1").text


def test_what_the_browser_ended_midway_is_not_called_kept(built: Built, hosted: Hosting, reader: BrowserContext) -> None:
    host, tab = hosted(built), reader.new_page()
    offline = host.at(page_of(built, "en", "/offline/").url)
    tab.goto(offline)
    host.held = "/get-help/"
    tab.click('[data-pe-do="all"]')
    until_asked(tab, host, "/get-help/")
    devtools = reader.new_cdp_session(tab)
    devtools.send("ServiceWorker.enable")
    devtools.send("ServiceWorker.stopAllWorkers")
    host.held = "no such end"
    tab.goto(offline)
    until_said(tab, said("en", "failed"))
    tab.click("#reading-button")
    expect(tab.locator("[data-pe-offline]")).to_be_enabled()
    keep_all(tab, host, page_of(built, "en", "/offline/"))


def test_a_full_device_is_told_and_breaks_nothing(built: Built, hosted: Hosting, reader: BrowserContext) -> None:
    host, tab = hosted(built), reader.new_page()
    heard = listen(tab)
    tab.goto(host.at(page_of(built, "en", "/offline/").url))
    devtools = reader.new_cdp_session(tab)
    origin = host.root.rstrip("/")
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 600_000})
    tab.click('[data-pe-do="all"]')
    until_said(tab, said("en", "full"))
    for end in ("/muscle-spasms/", "/back-pain/", "/treatments/", "/sources/"):
        page = page_of(built, "en", end)
        tab.goto(host.at(page.url))
        assert tab.text_content("h1") == page.one("h1").text
    tab.wait_for_selector("#full")
    assert tab.text_content("#full") == said("en", "full_note")
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    keep_all(tab, host, page_of(built, "en", "/offline/"))
    assert not heard, heard


SLOW = """() => {
  const has = CacheStorage.prototype.has;
  CacheStorage.prototype.has = async function (name) {
    const found = await has.call(this, name);
    while ((await this.keys()).length) await new Promise(done => setTimeout(done, 20));
    return found;
  };
}"""


def test_what_is_fetched_while_all_is_forgotten_brings_no_copies_back(
    built: Built, hosted: Hosting, reader: BrowserContext
) -> None:
    """The button asks for the tool that says so: the worker has seen that there are copies, and meanwhile they go."""
    host, tab = hosted(built), reader.new_page()
    keep_all(tab, host, page_of(built, "it", "/offline/"))
    tab.goto(host.at(page_of(built, "it", "/privacy/").url))
    reader.service_workers[0].evaluate(SLOW)
    tab.click("main [data-pe-forget]")
    tab.wait_for_function("() => pe.reading")
    until(tab, "!(await navigator.serviceWorker.getRegistrations()).length")
    assert tab.evaluate("caches.keys()") == []


def test_forgetting_all_choices_takes_worker_and_copies_away(site: Built, hosted: Hosting, reader: BrowserContext) -> None:
    host, tab = hosted(site), reader.new_page()
    keep_all(tab, host, page_of(site, "it", "/offline/"))
    tab.evaluate("async () => { await (await caches.open('another site of this host')).put('/x', new Response('x')); }")
    tab.goto(host.at(page_of(site, "it", "/privacy/").url))
    tab.click("main [data-pe-forget]")
    until(tab, "(await caches.keys()).length === 1 && !(await navigator.serviceWorker.getRegistrations()).length")
    tab.goto(host.at(page_of(site, "it", "/muscle-spasms/").url))
    names, _, workers, keys = tab.evaluate(KEPT)
    assert names == ["another site of this host"] and not workers and not keys
    assert not tab.evaluate("!!navigator.serviceWorker.controller")
    tab.goto(host.at(page_of(site, "it", "/offline/").url))
    until_said(tab, said("it", "none"))
    tab.click('[data-pe-do="visited"]')
    until_said(tab, said("it", "visited"))
    tab.click('[data-pe-do="erase"]')
    until_said(tab, said("it", "erased"))
    assert tab.evaluate(KEPT)[0] == ["another site of this host"]


def test_the_site_can_take_the_worker_away_from_all_devices(
    site: Built, hosted: Hosting, reader: BrowserContext, tmp_path: Path
) -> None:
    host, tab = hosted(site), reader.new_page()
    keep_all(tab, host, page_of(site, "sv", "/offline/"))
    shutil.copytree(site.folder, tmp_path / "new")
    host.folder = tmp_path / "new"
    shutil.copy(ROOT / "overrides" / "assets" / "worker" / "gone.js", host.folder / "worker.js")
    page = page_of(site, "sv", "/muscle-spasms/")
    tab.goto(host.at(page.url))
    until(tab, "!(await caches.keys()).length && !(await navigator.serviceWorker.getRegistrations()).length")
    heard = listen(tab)
    tab.goto(host.at(page.url))
    assert tab.text_content("h1") == page.one("h1").text and not tab.evaluate("!!navigator.serviceWorker.controller")
    names, _, workers, _ = tab.evaluate(KEPT)
    assert not names and not workers and not heard
