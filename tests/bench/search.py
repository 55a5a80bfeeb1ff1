"""The search beside Pagefind and MiniSearch, on the same queries and pages; and what a first result costs as the site grows.

    pip install "pagefind[bin]"; npm install minisearch          (in a folder of their own: they are no part of the project)
    python tests/bench/search.py --pagefind FOLDER/bin/python --minisearch FOLDER/node_modules/minisearch/dist/umd/index.js \\
        --report tests/bench/search.md

Without the two options only this site's own search is measured. The figures of a first result are those of a phone on a bad
line: 400 kbit/s, 400 ms, processor slowed 4 times. Bytes are gzip, with the heads of the answers.
"""

from __future__ import annotations

import argparse
import gzip
import http.server
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from typing import Any, ClassVar

import yaml
from playwright.sync_api import Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "overrides" / "hooks"), str(ROOT / "tests" / "bench"), str(ROOT / "tests")]

import growth  # noqa: E402  the path is set just above
from conftest import QUIET, build  # noqa: E402

from pe.judge.reading import read_all  # noqa: E402
from pe.project import Project  # noqa: E402
from pe.publish import assets  # noqa: E402
from pe.search import files, passages  # noqa: E402
from pe.site import Site  # noqa: E402

LOCALES = ("en", "sv", "it")
FIRST = {
    "en": ("magnesium", "fybromyalgia", "why do I feel worse two days after exercise", "cant pee"),
    "sv": ("magnesium", "fibromyagli", "varför blir jag sämre av träning", "spänd nacke"),
    "it": ("magnesio", "fribomialgia", "perché sto peggio dopo lo sforzo", "mal di schina"),
}
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
OURS = """async (query) => {
  const wait = () => new Promise(done => setTimeout(done, 10));
  while (!window.peSearch || !window.peSearch.find) await wait();
  const found = await window.peSearch.find(query);
  return [...(window.peSearch.danger(query) ? ['danger'] : []), ...(await Promise.all(found.pages.slice(0, 3))).map(one => '/' + one.path)];
}"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder compressed, as GitHub Pages does."""

    folder = ""
    sent: ClassVar[list[int]] = []  # bytes of each answer, as a worker's requests are not seen from its page
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.folder, self.path.split("?")[0].lstrip("/"))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        body = path.read_bytes() if found else b""
        packed = path.suffix in (".html", ".js", ".css", ".json", ".svg")
        body = gzip.compress(body, 9) if packed else body
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)
        self.sent.append(len(body))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def queries(locale: str) -> list[tuple[str, list[str]]]:
    """Each query of a language with the pages that are right; ``danger`` where the help page must come first."""
    listed = yaml.safe_load((ROOT / f"tests/search/queries.{locale}.yml").read_text("utf-8"))
    found = [
        (str(query), pages.split(" | ")) for kind, one in listed.items() if kind != "danger" for query, pages in one.items()
    ]
    return found + [(query, ["danger", "get-help"]) for query in listed["danger"]]


def score(page: Page, site: Site, locale: str, script: str, start: str, argument: Any = None) -> dict[str, Any]:
    """Ask all queries of a language; shares of right pages first and among the first three."""
    page.goto(start)
    names = {f"/{site.urls.path(one, name)}": (one, name) for one in site.pages for name in site.pages[one]}
    count = {"first": 0, "three": 0, "empty": 0, "foreign": 0, "danger": 0}
    asked = queries(locale)
    plain = [one for one in asked if one[1][0] != "danger"]
    for query, right in asked:
        urls = page.evaluate(script, [query, locale] if argument else query)
        found = [("", "danger") if url == "danger" else names.get(url.split("#")[0], ("", url)) for url in urls]
        hits = [name in right for _, name in found]
        if right[0] == "danger":
            count["danger"] += any(hits[:1])
        else:
            count["first"] += any(hits[:1])
            count["three"] += any(hits[:3])
        count["empty"] += not found
        count["foreign"] += any(one not in ("", locale) for one, _ in found)
    return {
        "first": 100 * count["first"] / len(plain),
        "three": 100 * count["three"] / len(plain),
        "danger": f"{count['danger']} of {len(asked) - len(plain)}",
        "empty": count["empty"],
        "foreign": count["foreign"],
    }


def first_result(browser: Any, address: str, site: Site, locale: str) -> list[tuple[int, float]]:
    """Bytes and seconds from opening the dialog to the first result, each query with an empty store of the browser."""
    taken = []
    for query in FIRST[locale]:
        page = browser.new_context(viewport={"width": 390, "height": 800}).new_page()
        page.goto(address + site.urls.path(locale, "muscle-spasms"))
        page.wait_for_load_state("networkidle")
        tools = page.context.new_cdp_session(page)
        tools.send("Network.enable")
        line = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
        tools.send("Network.emulateNetworkConditions", line)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        sizes: list[int] = []
        tools.on("Network.loadingFinished", lambda event, sizes=sizes: sizes.append(int(event["encodedDataLength"])))
        before = time.perf_counter()
        page.click("#search-button")
        page.keyboard.insert_text(query)
        page.wait_for_selector("#search .pe-found li")
        seconds = time.perf_counter() - before
        page.wait_for_timeout(300)
        taken.append((sum(sizes), seconds))
        page.context.close()
    return taken


def invent(project: Path, share: float = 0.02) -> None:
    """Put words that stand nowhere else into the copied pages, as pages on other subjects would bring them."""
    chance = random.Random(7)
    for file in sorted(project.glob("docs/*/*-copy-*.md")):
        sounds = ["".join(chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(4)) for _ in range(60)]
        put = re.compile(r"(?<![\w#({/\[.^-])[a-zåäöàèéìòù]{5,}(?![\w\](})#.-])")
        lines = file.read_text("utf-8").split("\n")

        def new(word: re.Match[str], sounds: list[str] = sounds) -> str:
            return chance.choice(sounds) if chance.random() < share else word[0]

        lines[9:] = [put.sub(new, line) for line in lines[9:]]
        file.write_text("\n".join(lines), "utf-8")


def grown(pages: int, folder: Path) -> dict[str, bytes]:
    """The files of the search for so many pages a language."""
    growth.grow(folder, pages)
    invent(folder)
    reading, _ = read_all(Project(folder))
    return files.publish(Site(reading))


def lay_words(site: Site, locale: str, name: str, section: str | None = None) -> str:
    """The lay words that lead to a page, or to one section of it: the rivals get them too."""
    found = site.lay_words[locale].leads.items()
    return " ".join(one for (page, part), typed in found if page == name and section in (None, part) for one in typed)


def rivals(given: argparse.Namespace, folder: Path, site: Site, page: Page, address: str) -> list[str]:
    """Rows on Pagefind and MiniSearch."""
    rows = []
    if given.pagefind:
        for locale in LOCALES:
            for name in site.pages[locale]:
                file = folder / site.urls.path(locale, name) / "index.html"
                terms = lay_words(site, locale, name).replace('"', "")
                mark = f'<main id="main"><span data-pagefind-index-attrs="data-terms" data-terms="{terms}"></span>'
                file.write_text(file.read_text("utf-8").replace('<main id="main">', mark, 1), "utf-8")
        command = [given.pagefind, "-m", "pagefind", "--site", str(folder), "--root-selector", "main", "--quiet"]
        subprocess.run(command, check=True)
        weight = weigh(page, address, PAGEFIND, "magnesium", site)
        for locale in LOCALES:
            found = score(page, site, locale, PAGEFIND, address + site.urls.path(locale, "index"))
            rows.append(row("Pagefind", locale, weight, found))
        page.goto((folder / "index.html").as_uri())
        try:
            page.evaluate("path => import(path)", (folder / "pagefind" / "pagefind.js").as_uri())
            rows.append("Pagefind starts from a folder (file://).")
        except Error as problem:
            rows.append(f"Pagefind from a folder (file://): {problem.message.splitlines()[0]}")
    if given.minisearch:
        target = folder / "minisearch"
        target.mkdir()
        shutil.copy(given.minisearch, target / "minisearch.js")
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
            rows.append(row("MiniSearch", locale, f"{size / 1000:.0f}", found))
    return rows


def weigh(page: Page, address: str, script: str, query: str, site: Site) -> str:
    """Kilobytes that one query fetches when nothing was fetched before."""
    page.goto(address + site.urls.path("en", "muscle-spasms"))
    page.wait_for_load_state("networkidle")
    Handler.sent.clear()
    page.evaluate(script, query)
    page.wait_for_timeout(500)
    return f"{sum(Handler.sent) / 1000:.0f}"


def row(name: str, locale: str, weight: str, found: dict[str, Any]) -> str:
    """A row of the comparison."""
    shares = f"{found['first']:.0f} % | {found['three']:.0f} % | {found['danger']} | {found['empty']} | {found['foreign']}"
    return f"| {name} | {locale} | {weight} | {shares} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pagefind", help="a Python that has pagefind[bin]")
    parser.add_argument("--minisearch", help="the file of MiniSearch")
    parser.add_argument("--report", type=Path)
    given = parser.parse_args()
    said: list[str] = []
    with tempfile.TemporaryDirectory() as place, sync_playwright() as driver:
        folder = build(Path(place, "site"), "https://example.org/")
        reading, _ = read_all(Project(ROOT))
        site = Site(reading)
        handler = type("Here", (Handler,), {"folder": str(folder)})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = driver.chromium.launch(executable_path=chromium, args=list(QUIET))
        page = browser.new_context(bypass_csp=True).new_page()
        said += ["| search | language | kB | right page first | in the first three | danger first | empty | other language |",
                 "|---|---|--:|--:|--:|--:|--:|--:|"]  # fmt: skip
        for locale in LOCALES:
            start = f"{address}{site.urls.path(locale, 'search')}?q=a"
            said.append(row("this site", locale, "below", score(page, site, locale, OURS, start)))
        said += rivals(given, folder, site, page, address)
        said += [
            "",
            "| pages a language | language | kB for the first result: most, middle | seconds: most, middle |",
            "|--:|---|--:|--:|",
        ]
        for pages in (len(site.order), 100, 500):
            if pages > len(site.order):
                shutil.rmtree(folder / "search")
                assets.write(folder, grown(pages, Path(place, f"grown-{pages}")))
            for locale in LOCALES:
                taken = first_result(browser, address, site, locale)
                size, wait = [one for one, _ in taken], [one for _, one in taken]
                cost = f"{max(size) / 1000:.1f}, {median(size) / 1000:.1f}"
                said.append(f"| {pages} | {locale} | {cost} | {max(wait):.1f}, {median(wait):.1f} |")
        browser.close()
        server.shutdown()
    text = "\n".join(said)
    print(text)
    if given.report:
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
        head = f"# The search, measured\n\nAt {commit.stdout.strip()}, with `python tests/bench/search.py`.\n\n"
        given.report.write_text(head + text + "\n", "utf-8")


if __name__ == "__main__":
    main()
