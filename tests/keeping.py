"""What a reader does who keeps pages on a device, and how one sees what is kept."""

from __future__ import annotations

import contextlib
import json
import time
from datetime import date

import yaml
from babel.dates import format_date
from built import Built, Page
from conftest import ROOT
from host import Host
from playwright.sync_api import Error
from playwright.sync_api import Page as Tab

LONG = 120  # seconds: a whole language is fetched meanwhile, perhaps on a busy machine
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
    tab.wait_for_function(shown, arg=text, timeout=LONG * 1000)


def until(tab: Tab, true: str) -> None:
    """Wait until something that the page must wait for itself has become true (wait_for_function takes a promise for true)."""
    end = time.monotonic() + LONG
    while time.monotonic() < end:
        with contextlib.suppress(Error):  # the page is being loaded anew
            if tab.evaluate(f"async () => {true}"):
                return
        tab.wait_for_timeout(200)
    raise AssertionError(f"never true: {true}")


def until_asked(tab: Tab, host: Host, end: str, before: int = 0) -> None:
    """Wait until the host was asked, once `before` times are past, for an address with this end."""
    limit = time.monotonic() + LONG
    while not any(one.endswith(end) for one in host.asked[before:]):
        assert time.monotonic() < limit, f"never asked for {end}: {host.asked[before:]}"
        tab.wait_for_timeout(50)


def until_copied(tab: Tab, words: str = "") -> None:
    """Wait until the page in view, with these words, is among the copies: it is put there after it was shown."""
    has = f"one => !!one && one.text().then(text => text.includes({json.dumps(words)}))"
    until(tab, f"await caches.match(location.href.split('#')[0]).then({has})")


def listen(tab: Tab) -> list[str]:
    heard: list[str] = []
    tab.on("console", lambda message: heard.append(f"{tab.url}: {message.text}"))
    tab.on("pageerror", lambda error: heard.append(f"{tab.url}: {error}"))
    return heard


def today(locale: str) -> str:
    return format_date(date.today(), "d MMMM y", locale=locale)
