"""Pages kept on a device: asked for, shown without a connection, never older than need be, and taken away again."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from babel.dates import format_date
from built import Built, Page
from conftest import ROOT
from host import Host, Hosting
from playwright.sync_api import BrowserContext, Error
from playwright.sync_api import Page as Tab

SAYS = {file.stem: yaml.safe_load(file.read_text("utf-8")) for file in sorted((ROOT / "translations").glob("??.yml"))}
KEPT = """async () => {
  const names = await caches.keys();
  const caught = await Promise.all(names.map(async name => (await (await caches.open(name)).keys()).map(one => one.url)));
  const workers = await navigator.serviceWorker.getRegistrations();
  return [names, caught.flat(), workers.map(one => one.scope), Object.keys(localStorage)];
}"""


def said(locale: str, key: str, **values: object) -> str:
    text = SAYS[locale][f"offline.{key}"]
    return str(text["text"] if isinstance(text, dict) else text).format(**values)


def page_of(site: Built, locale: str, end: str) -> Page:
    """A page by the English end of its address."""
    english = next(page for page in site.of("en") if page.url.endswith(end))
    url = next(tag.get("href") for tag in english.all("link", rel="alternate") if tag.get("hreflang") == locale)
    return site.by_url[url]


def keep_opened(tab: Tab) -> None:
    """The reader's yes, in the reading settings of the page in view."""
    tab.click("#reading-button")
    tab.click("[data-pe-offline]")
    tab.wait_for_selector("[data-pe-offline][disabled]")


def keep_all(tab: Tab, host: Host, page: Page) -> None:
    """The reader's yes to the whole language."""
    tab.goto(host.at(page.url))
    tab.click('[data-pe-do="all"]')
    until_said(tab, tab.get_attribute("[data-pe-kept]", "data-all") or "")


def until_said(tab: Tab, text: str) -> None:
    """Wait until the state on the page about it says so."""
    shown = "text => document.querySelector('[data-pe-kept] [role=status]').textContent === text"
    tab.wait_for_function(shown, arg=text, timeout=30_000)


def until(tab: Tab, true: str) -> None:
    """Wait until something that the page must wait for itself has become true (wait_for_function takes a promise for true)."""
    for _ in range(150):
        with contextlib.suppress(Error):  # the page is being loaded anew
            if tab.evaluate(f"async () => {true}"):
                return
        tab.wait_for_timeout(200)
    raise AssertionError(f"never true: {true}")


def listen(tab: Tab) -> list[str]:
    heard: list[str] = []
    tab.on("console", lambda message: heard.append(f"{tab.url}: {message.text}"))
    tab.on("pageerror", lambda error: heard.append(f"{tab.url}: {error}"))
    return heard


def today(locale: str) -> str:
    return format_date(date.today(), "d MMMM y", locale=locale)


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
    heard = listen(tab)
    reader.set_offline(True)
    for locale in site.locales:
        topic = page_of(site, locale, "/muscle-spasms/")
        tab.goto(host.at(topic.url))
        assert tab.text_content("[data-pe-copy]") == said(locale, "copy", day=today(locale))
        assert tab.text_content("h1") == topic.one("h1").text
        assert tab.evaluate("document.styleSheets.length") == 1 and tab.evaluate("document.documentElement.className") == "js"
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
        for tag in signs.all("a"):
            if tag.get("href") == "tel:112":
                assert "112" in shown
        items = [tag for tag in signs.all("li") if tag.inside(".pe-step") and not tag.inside(".pe-numbers", ".pe-lines")]
        assert len(items) > 10
        for item in items:
            words = item.text.split(".")[0]
            assert words in " ".join(shown.split()), words
    assert tab.evaluate("document.styleSheets.length") == 1
    tab.click("section[lang=it] a.pe-button")
    assert tab.text_content("h1") == page_of(site, "it", "/offline/").one("h1").text
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
    tab.wait_for_selector("#search .pe-found li a")
    tab.click("#search .pe-found li a")
    assert tab.query_selector("[data-pe-copy]")
    assert not heard, heard


def test_while_the_site_can_be_reached_nothing_old_is_shown(
    built: Built, hosted: Hosting, reader: BrowserContext, tmp_path: Path
) -> None:
    host, tab = hosted(built), reader.new_page()
    topic = page_of(built, "en", "/muscle-spasms/")
    tab.goto(host.at(topic.url))
    keep_opened(tab)
    tab.goto(host.at(topic.url))
    assert not tab.query_selector("[data-pe-copy]")
    host.folder = changed(built, tmp_path / "new", worker=False)
    tab.goto(host.at(topic.url))
    assert "NEW SIGN" in (tab.text_content(".pe-danger") or "")
    assert not tab.query_selector("[data-pe-copy]")
    reader.set_offline(True)
    tab.goto(host.at(topic.url))
    assert "NEW SIGN" in (tab.text_content(".pe-danger") or ""), "the copy is the newest page that was seen"


def changed(site: Built, target: Path, *, worker: bool) -> Path:
    """The next build: other danger signs on each page, another script; the worker that belongs to it, or the old one."""
    shutil.copytree(site.folder, target)
    script = next((target / "assets").glob("site.*.js"))
    script.rename(script.with_name("site.00000000.js"))
    for file in target.rglob("index.html"):
        html = file.read_text("utf-8").replace(script.name, "site.00000000.js")
        file.write_text(html.replace('<div class="pe-danger__note">', '<div class="pe-danger__note">NEW SIGN '), "utf-8")
    version = json.loads((target / "kept" / "en.json").read_text("utf-8"))["version"]
    for file in [target / "worker.js", *(target / "kept").glob("*.json")] if worker else []:
        text = file.read_text("utf-8").replace(script.name, "site.00000000.js")
        file.write_text(text.replace(version, "0" * len(version)), "utf-8")
    return target


def test_a_new_build_takes_the_place_of_the_old_without_a_stale_danger_box(
    site: Built, hosted: Hosting, reader: BrowserContext, tmp_path: Path
) -> None:
    host, tab = hosted(site), reader.new_page()
    keep_all(tab, host, page_of(site, "en", "/offline/"))
    host.folder = changed(site, tmp_path / "new", worker=True)
    tab.goto(host.at(page_of(site, "en", "/get-help/").url))  # the next visit, to one page
    assert "NEW SIGN" in (tab.text_content(".pe-danger") or "")
    until(tab, "(await caches.keys()).every(name => name.endsWith(' 000000000000'))")
    reader.set_offline(True)
    for page in site.of("en"):
        tab.goto(host.at(page.url))
        assert tab.query_selector("[data-pe-copy]"), page
        danger = tab.query_selector(".pe-danger")
        assert danger is None or "NEW SIGN" in (danger.text_content() or ""), page
    names, urls, workers, _ = tab.evaluate(KEPT)
    assert len(names) == len(workers) == 1
    assert [url for url in urls if "/assets/site." in url and url.endswith(".js")] == [host.root + "assets/site.00000000.js"]
    assert tab.evaluate("document.styleSheets[0].cssRules.length") > 10


def test_half_of_a_new_build_leaves_the_old_copies_whole(
    built: Built, hosted: Hosting, reader: BrowserContext, tmp_path: Path
) -> None:
    host, tab = hosted(built), reader.new_page()
    keep_all(tab, host, page_of(built, "en", "/offline/"))
    before = tab.evaluate(KEPT)
    new = changed(built, tmp_path / "new", worker=True)
    shutil.copy(built.folder / "kept" / "en.json", new / "kept" / "en.json")
    host.folder = new
    tab.goto(host.at(page_of(built, "en", "/get-help/").url))
    tab.evaluate("async () => { try { await (await navigator.serviceWorker.getRegistration()).update(); } catch (e) {} }")
    tab.wait_for_timeout(1500)
    after = tab.evaluate(KEPT)
    assert after[0] == before[0] and set(before[1]) <= set(after[1])


@pytest.mark.parametrize("fault", ["down", "slow"])
def test_a_copy_gives_way_as_soon_as_the_newest_can_be_reached(
    built: Built, hosted: Hosting, reader: BrowserContext, tmp_path: Path, fault: str
) -> None:
    host, tab = hosted(built), reader.new_page()
    topic = page_of(built, "en", "/muscle-spasms/")
    tab.goto(host.at(topic.url))
    keep_opened(tab)
    host.folder = changed(built, tmp_path / "new", worker=False)
    if fault == "down":
        host.down = True
        tab.goto(host.at(topic.url))
        assert tab.text_content("[data-pe-copy]") == said("en", "copy", day=today("en"))
        host.down = False
        tab.evaluate("dispatchEvent(new Event('online'))")
    else:
        host.wait = 7.0
        tab.goto(host.at(topic.url), wait_until="commit")
        tab.wait_for_selector("[data-pe-copy]", timeout=8_000)
        host.wait = 0.0
    until(tab, "document.querySelector('.pe-danger').textContent.includes('NEW SIGN')")
    until(tab, "!document.querySelector('[data-pe-copy]')")


def test_a_page_that_the_site_has_withdrawn_is_not_shown_again(
    built: Built, hosted: Hosting, reader: BrowserContext, tmp_path: Path
) -> None:
    host, tab = hosted(built), reader.new_page()
    topic = page_of(built, "en", "/muscle-spasms/")
    tab.goto(host.at(topic.url))
    keep_opened(tab)
    shutil.copytree(built.folder, tmp_path / "new")
    host.folder = tmp_path / "new"
    shutil.rmtree(host.folder / "muscle-spasms")
    answer = tab.goto(host.at(topic.url))
    assert answer and answer.status == 404
    tab.wait_for_timeout(500)
    reader.set_offline(True)
    tab.goto(host.at(topic.url))
    assert said("en", "not_kept") in (tab.text_content("h1") or "")


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


def test_forgetting_all_choices_takes_worker_and_copies_away(site: Built, hosted: Hosting, reader: BrowserContext) -> None:
    host, tab = hosted(site), reader.new_page()
    keep_all(tab, host, page_of(site, "it", "/offline/"))
    tab.evaluate("async () => { await (await caches.open('another site of this host')).put('/x', new Response('x')); }")
    tab.goto(host.at(page_of(site, "it", "/privacy/").url))
    tab.click("main [data-pe-forget]")
    until(tab, "(await caches.keys()).length === 1")
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
