"""Private by proof: everything on every page is opened; nothing is asked elsewhere, kept unlisted, or said on the console."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from built import Built, Page
from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as Tab

ROOT = Path(__file__).parents[2]
PHONE = {"width": 360, "height": 740}
CODE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.S)
STORED = """async () => [...Object.keys(localStorage), ...Object.keys(sessionStorage).map(one => 'session ' + one),
    ...(await indexedDB.databases()).map(one => 'database ' + one.name),
    ...(document.cookie ? ['cookie ' + document.cookie] : []),
    ...(await caches.keys()).map(one => 'copies ' + one),
    ...(await navigator.serviceWorker.getRegistrations()).map(one => 'worker ' + one.scope)]"""

# Opens what a page can open, without leaving it. Two turns: what the first has opened may hold more.
OPEN_ALL = """async () => {
    const rest = () => new Promise(done => setTimeout(done, 40));
    const left = '[data-pe-forget], [data-pe-do=all], [data-pe-do=visited], [data-pe-offline]';  // tests of their own
    const tools = { reading: '#reading-button', gloss: '.pe-term', share: '[data-pe-share]', listen: '[data-pe-listen]' };
    const open = new Set();
    const coming = name => !pe[name] && [...open].some(one => one.matches(tools[name]));
    for (let turn = 0; turn < 2; turn++) {
        document.querySelectorAll('details').forEach(one => { one.open = true; });
        for (const one of document.querySelectorAll('button, .pe-term, #search-button, .pe-sure, select')) {
            if (open.has(one) || one.matches(left)) continue;
            if (!one.checkVisibility()) continue;
            open.add(one);
            if (one.matches('select')) {
                one.selectedIndex = one.options.length - 1;
                one.dispatchEvent(new Event('change', {bubbles: true}));
            } else one.click();
            if (open.size < 60) await rest();
            document.querySelectorAll('dialog[open]').forEach(dialog => dialog.close());
            if (turn) speechSynthesis.cancel();
        }
        for (let wait = 0; wait < 750 && Object.keys(tools).some(coming); wait++) await rest();
    }
    return open.size;
}"""


def listed(site: Built) -> dict[str, set[str]]:
    """The names that the privacy page of each language lists."""
    pages = {page.locale: page for page in site.pages if "on-your-device" in page.ids}
    return {locale: {tag.text for tag in page.all("code") if tag.text.startswith("pe-")} for locale, page in pages.items()}


def watched(browser: Browser, root: str) -> tuple[BrowserContext, Tab, list[str]]:
    """A fresh reader: what the page says or asks elsewhere is noted."""
    context = browser.new_context(viewport=PHONE)
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(f"{tab.url}: says “{message.text}”"))
    tab.on("pageerror", lambda error: said.append(f"{tab.url}: fails with “{error}”"))
    context.on(
        "request",
        lambda one: None if one.url.startswith((root, "data:", "blob:")) else said.append(f"{tab.url}: asks for {one.url}"),
    )
    context.on("weberror", lambda error: said.append(f"{tab.url}: fails with “{error.error}”"))
    return context, tab, said


def test_each_inline_script_or_style_has_its_digest(built: Built) -> None:
    """All HTML files, those beside the site map too. Data (JSON-LD) is not run and needs none."""
    wrong = []
    for file in sorted(built.folder.rglob("*.html")):
        page = Page(file.relative_to(built.folder).as_posix(), file)
        policies = [tag.get("content") for tag in page.all("meta") if tag.get("http-equiv") == "Content-Security-Policy"]
        if len(policies) != 1:
            wrong.append(f"{page}: {len(policies)} policies")
            continue
        digests = set(re.findall(r"'sha256-([^']+)'", policies[0]))
        used = set()
        for kind, attributes, text in CODE.findall(page.html):
            if "src=" not in attributes and "application/" not in attributes:
                used.add(base64.b64encode(hashlib.sha256(text.encode()).digest()).decode())
                if not used <= digests:
                    wrong.append(f"{page}: an inline {kind} without its digest")
        if digests - used:
            wrong.append(f"{page}: allows {len(digests - used)} digests that nothing on it has")
        if "unsafe" in policies[0] or "default-src 'none'" not in policies[0]:
            wrong.append(f"{page}: policy {policies[0]}")
        early = [
            tag.get("rel") for tag in page.all("link") if re.search("preconnect|dns-prefetch|prefetch|preload", tag.get("rel"))
        ]
        wrong += [f"{page}: <link rel={one}>" for one in early]
    assert not wrong, "\n".join(wrong[:30])


def test_everything_opens_on_every_page_and_nothing_gets_out(
    built: Built, serve: Callable[[Built], str], browser: Browser
) -> None:
    root = serve(built)
    names = listed(built)
    assert set(names) == set(built.locales) and len({frozenset(one) for one in names.values()}) == 1, names
    context, tab, said = watched(browser, root)
    for page in built.pages:
        tab.goto(root + page.url.removeprefix(built.address))
        assert tab.evaluate(OPEN_ALL) > 3, f"{page}: nothing to open was found"
        kept = set(tab.evaluate(STORED)) - names[page.locale]
        said += [f"{page}: stores {one}, which the privacy page does not list" for one in sorted(kept)]
        assert not context.cookies(), f"{page}: a cookie"
    context.close()
    assert not said, "\n".join(said[:30])


def test_nothing_is_stored_before_a_choice(built: Built, serve: Callable[[Built], str], browser: Browser) -> None:
    root = serve(built)
    context, tab, said = watched(browser, root)
    for page in built.pages:
        tab.goto(root + page.url.removeprefix(built.address))
        tab.mouse.wheel(0, 4000)
    assert tab.evaluate(STORED) == []
    context.close()
    assert not said, "\n".join(said[:30])


def test_one_button_erases_every_choice(built: Built, serve: Callable[[Built], str], browser: Browser) -> None:
    root = serve(built)
    for locale, names in listed(built).items():
        context, tab, said = watched(browser, root)
        page = next(page for page in built.of(locale) if "on-your-device" in page.ids)
        tab.goto(root + page.url.removeprefix(built.address))
        tab.evaluate("names => names.forEach(name => localStorage.setItem(name, '1'))", sorted(names - {"pe-kept"}))
        tab.reload()
        tab.locator("main [data-pe-forget]").click()
        tab.wait_for_function("() => !localStorage.length")
        assert tab.evaluate(STORED) == [], f"{locale}: something stays"
        context.close()
        assert not said, "\n".join(said)
