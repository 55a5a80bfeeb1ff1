"""Pagefind and MiniSearch on our pages, with our lay words, for the comparison in search.py."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from pathlib import Path

from asked import LOCALES, Handler, rows_of, score
from playwright.sync_api import Error, Page

from pe.search import passages
from pe.site import Site

PAGEFIND = """async (query) => {
  window.engine = window.engine || await import('/pagefind/pagefind.js');
  const found = await window.engine.search(query);
  const first = await Promise.all((found ? found.results : []).slice(0, 3).map(one => one.data()));
  return first.map(one => one.url);
}"""
MINISEARCH = """async ([query, locale]) => {
  const fold = word => word.toLowerCase().normalize('NFKD').replace(/\\p{M}/gu, '');
  const options = {fields: ['title', 'heading', 'text'], storeFields: ['url', 'title', 'heading', 'text'], processTerm: fold,
    searchOptions: {prefix: true, fuzzy: word => word.length > 3 ? 0.25 : 0, boost: {title: 4, heading: 3}}};
  window.engine = window.engine || MiniSearch.loadJSON(await (await fetch('/minisearch/' + locale + '.json')).text(), options);
  return [...new Set(window.engine.search(query).map(one => one.url))].slice(0, 3);
}"""
INDEX = """(listed) => {
  const fold = word => word.toLowerCase().normalize('NFKD').replace(/\\p{M}/gu, '');
  const fields = ['title', 'heading', 'text'];
  const engine = new MiniSearch({fields, storeFields: ['url', ...fields], processTerm: fold});
  engine.addAll(listed);
  return JSON.stringify(engine);
}"""


def lay_words(site: Site, locale: str, name: str, section: str | None = None) -> str:
    """The lay words that lead to a page, or to one section of it: the rivals get them too."""
    found = site.lay_words[locale].leads.items()
    return " ".join(one for (page, part), typed in found if page == name and section in (None, part) for one in typed)


def rivals(pagefind: str | None, minisearch: str | None, folder: Path, site: Site, page: Page, address: str) -> list[str]:
    """Rows on Pagefind and MiniSearch."""
    rows = []
    if pagefind:
        for locale in LOCALES:
            for name in site.pages[locale]:
                file = folder / site.urls.path(locale, name) / "index.html"
                terms = lay_words(site, locale, name).replace('"', "")
                mark = f'<main id="main"><span data-pagefind-index-attrs="data-terms" data-terms="{terms}"></span>'
                before, _, after = file.read_text("utf-8").partition("<main id=main>")
                assert after, f"{file} has no main part"
                file.write_text(before + mark + after, "utf-8")
        command = [pagefind, "-m", "pagefind", "--site", str(folder), "--root-selector", "main", "--quiet"]
        subprocess.run(command, check=True)
        weight = weigh(page, address, PAGEFIND, "magnesium", site)
        for locale in LOCALES:
            found = score(page, site, locale, PAGEFIND, address + site.urls.path(locale, "index"))
            rows += rows_of("Pagefind", locale, weight, found)
        page.goto((folder / "index.html").as_uri())
        try:
            page.evaluate("path => import(path)", (folder / "pagefind" / "pagefind.js").as_uri())
            rows.append("Pagefind starts from a folder (file://).")
        except Error as problem:
            told = problem.message.splitlines()[0].replace(folder.as_uri(), "file:///...")
            rows.append(f"Pagefind from a folder (file://): {told}")
    if minisearch:
        target = folder / "minisearch"
        target.mkdir()
        shutil.copy(minisearch, target / "minisearch.js")
        page.add_init_script(path=target / "minisearch.js")
        for locale in LOCALES:
            listed = [
                {
                    "id": f"{name}-{number}",
                    "url": "/" + site.urls.path(locale, name),
                    "title": one.title,
                    "heading": f"{part.heading} {lay_words(site, locale, name, part.anchor)}",
                    "text": " ".join(part.lines),
                }
                for name, one in site.pages[locale].items()
                if one.kind != "search"
                for number, part in enumerate(passages.cut(one))
            ]
            page.goto(address)
            made = page.evaluate(INDEX, listed)
            (target / f"{locale}.json").write_text(made, "utf-8")
            start = address + site.urls.path(locale, "index")
            size = sum(len(gzip.compress(one, 9)) for one in (made.encode(), (target / "minisearch.js").read_bytes()))
            found = score(page, site, locale, MINISEARCH, start, argument=True)
            rows += rows_of("MiniSearch", locale, f"{size / 1000:.0f}", found)
    return rows


def weigh(page: Page, address: str, script: str, query: str, site: Site) -> str:
    """Kilobytes that one query fetches when nothing was fetched before."""
    page.goto(address + site.urls.path("en", "muscle-spasms"))
    page.wait_for_load_state("networkidle")
    Handler.sent.clear()
    page.evaluate(script, query)
    page.wait_for_timeout(500)
    return f"{sum(Handler.sent) / 1000:.0f}"
