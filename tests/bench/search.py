"""The search beside Pagefind and MiniSearch, on the same queries and pages; and what a first result costs as the site grows.

    pip install "pagefind[bin]"; npm install minisearch          (in a folder of their own: they are no part of the project)
    python tests/bench/search.py --pagefind FOLDER/bin/python --minisearch FOLDER/node_modules/minisearch/dist/umd/index.js \\
        --report tests/bench/search.md

Without the two options only this site's own search is measured. Seconds are true only where nothing else runs: it waits for
that, but not for ever.
"""

from __future__ import annotations

import argparse
import http.server
import os
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
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "overrides" / "hooks"), str(ROOT / "tests" / "bench"), str(ROOT / "tests")]

import growth  # noqa: E402  the path is set just above
import visit  # noqa: E402
from asked import LOCALES, Handler, rows_of, score  # noqa: E402
from conftest import QUIET, build  # noqa: E402
from rivals import rivals  # noqa: E402

from pe.judge.reading import read_all  # noqa: E402
from pe.project import Project  # noqa: E402
from pe.publish import assets  # noqa: E402
from pe.search import files  # noqa: E402
from pe.site import Site  # noqa: E402

QUIET_LOAD = 1.5
FIRST = {
    "en": ("magnesium", "fybromyalgia", "why do I feel worse two days after exercise", "cant pee", "acupunkcher",
           "what is the difference between fibromyalgia and chronic fatigue"),
    "sv": ("magnesium", "fibromyagli", "varför blir jag sämre av träning", "spänd nacke", "ländryggssmärta",
           "vad är skillnaden mellan fibromyalgi och ME"),
    "it": ("magnesio", "fribomialgia", "perché sto peggio dopo lo sforzo", "mal di schina", "non sento le gambe",
           "la mancanza di ossigeno causa dolore?"),
}  # fmt: skip
ABOUT = [
    "A first result: a phone on a line of 400 kbit/s with 400 ms a round trip, processor slowed 4 times. The dialog is opened",
    "by a tap with nothing of the search in the browser, and the query stands in the field at once, as if pasted.",
    "Seconds from the tap to the first result on the screen: its page, section, sentence and answer, or the box of a danger",
    "sign. kB until the whole list stands, gzip, with the heads of the answers. Queries: FIRST in the script, six a language.",
    "The driver's time includes what the program that taps needs itself. Load: of the machine, over a minute, before a query.",
]
OURS = """async (query) => {
  const wait = () => new Promise(done => setTimeout(done, 10));
  while (!window.peSearch || !window.peSearch.find) await wait();
  const found = await window.peSearch.find(query);
  const pages = await Promise.all(found.pages.slice(0, 3));
  return [...(window.peSearch.danger(query) ? ['danger'] : []), ...pages.map(one => '/' + one.path)];
}"""


def calm() -> None:
    """Wait for a quiet machine, a minute and a half at most."""
    until = time.monotonic() + 90
    while os.getloadavg()[0] > QUIET_LOAD and time.monotonic() < until:
        time.sleep(3)


def first_result(browser: Any, address: str, site: Site, locale: str) -> list[tuple[int, float, float, float]]:
    """What each query of FIRST costs a reader who opens the dialog with nothing of the search in the browser.

    Gives bytes until the whole list stands; seconds from the tap to the first result on the screen, as the page sees
    them; the same as the driver of the browser sees them, with what it needs itself for the tap and for looking;
    the load of the machine before.
    """
    taken = []
    calm()
    for query in FIRST[locale]:
        load = os.getloadavg()[0]
        page = browser.new_context(viewport={"width": 390, "height": 800}).new_page()
        page.goto(address + site.urls.path(locale, "muscle-spasms"))
        page.wait_for_load_state("networkidle")
        page.evaluate(visit.RESULT, visit.SEARCHES["this site"][1])
        tools = page.context.new_cdp_session(page)
        tools.send("Network.enable")
        tools.send("Network.emulateNetworkConditions", visit.LINE)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": visit.SLOWER})
        sizes: list[int] = []
        tools.on("Network.loadingFinished", lambda event, sizes=sizes: sizes.append(int(event["encodedDataLength"])))
        before = time.perf_counter()
        page.click("#search-button")
        page.wait_for_selector("#find-dialog:focus")
        page.keyboard.insert_text(query)
        page.wait_for_selector("#search .pe-found li")
        seconds = time.perf_counter() - before
        page.wait_for_selector("#search .pe-found ol + p a")
        page.wait_for_timeout(500)
        taken.append((sum(sizes), page.evaluate("(window.__shown - window.__tapped) / 1000"), seconds, load))
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
    return dict(files.publish(Site(reading)))


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
        said += ["| search | language | set | kB | right first | in first three | danger first | empty | other language |",
                 "|---|---|---|--:|--:|--:|--:|--:|--:|"]  # fmt: skip
        for locale in LOCALES:
            start = f"{address}{site.urls.path(locale, 'search')}?q=a"
            said += rows_of("this site", locale, "below", score(page, site, locale, OURS, start))
        said += rivals(given.pagefind, given.minisearch, folder, site, page, address)
        said += ["", *ABOUT, "",
                 "| pages a language | language | kB: most, middle | seconds: most, middle | with the driver's time | load |",
                 "|--:|---|--:|--:|--:|--:|"]  # fmt: skip
        for pages in (len(site.order), 100, 500):
            if pages > len(site.order):
                shutil.rmtree(folder / "search")
                assets.write(folder, grown(pages, Path(place, f"grown-{pages}")))
            for locale in LOCALES:
                taken = first_result(browser, address, site, locale)
                size, wait, driven, load = ([one[at] for one in taken] for at in range(4))
                cost = f"{max(size) / 1000:.1f}, {median(size) / 1000:.1f}"
                times = " | ".join(f"{max(one):.1f}, {median(one):.1f}" for one in (wait, driven))
                said.append(f"| {pages} | {locale} | {cost} | {times} | {max(load):.1f} |")
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
