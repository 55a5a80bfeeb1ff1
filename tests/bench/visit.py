"""What a first visit costs in a browser: this site, default Material with the same pages, and the hand-made floor page.

    python tests/bench/weight.py --visit --report tests/bench/weight.md

A phone on 400 kbit/s with 400 ms, its processor slowed 4 times. Pages come gzipped from a server on 127.0.0.1, as GitHub
Pages and most others send them. Lighthouse (npm, a pinned version, fetched into .build) looks at each.
"""

from __future__ import annotations

import gzip
import http.server
import json
import mimetypes
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, ClassVar

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
LIGHTHOUSE = "13.5.0"
LOOKS = 5  # of Lighthouse at this site, of which the middle counts (its docs/variability.md: twice as stable as one)
TOOLS = ROOT / ".build" / "lighthouse"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # bytes a second
SLOWER = 4
WATCH = """(() => {
  const seen = window.__seen = {largest: 0, shift: 0, blocked: 0};
  const watch = (type, take) =>
    new PerformanceObserver(list => list.getEntries().forEach(take)).observe({type, buffered: true});
  watch("largest-contentful-paint", one => { seen.largest = one.startTime; });
  watch("layout-shift", one => { if (!one.hadRecentInput) seen.shift += one.value; });
  /* longer than 50 ms, a task keeps a reader waiting */
  watch("longtask", one => { seen.blocked += Math.max(0, one.duration - 50); });
})()"""
TOLD = """() => ({...window.__seen, origin: performance.timeOrigin,
  first: (performance.getEntriesByName("first-contentful-paint")[0] || {startTime: NaN}).startTime})"""
CLOSED = "Other hosts do not answer where this is measured: Material's font is asked for and never comes."
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
KINDS = {"Document": "html", "Stylesheet": "css", "Script": "js"}  # the rest are pictures, fonts, the manifest
SEARCHES = {
    "this site": ("#search-button", "#search .pe-found li"),
    "Material": ("label.md-header__button[for=__search]", ".md-search-result__list > li"),
}  # what is tapped, what then shows a result; the floor has no search
QUERIES = {"en": "magnesium", "sv": "magnesium", "it": "magnesio"}
RESULT = """selector => {
  addEventListener("click", () => { window.__tapped = performance.now(); }, {capture: true, once: true});
  new MutationObserver((_, watch) => {
    if (!document.querySelector(selector)) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.__shown = performance.now(); }));
  }).observe(document.body, {subtree: true, childList: true});
}"""


@dataclass
class Visit:
    """A first visit. Milliseconds; bytes as they came. `script` counts what ran, before packing; `search` may be NaN."""

    requests: int
    elsewhere: int
    html: int
    css: int
    js: int
    other: int
    before: float
    first: float
    largest: float
    blocked: float
    shift: float
    script: int
    search: float


class Packed(http.server.SimpleHTTPRequestHandler):
    """Sends text gzipped and lets the connection live, as servers do."""

    protocol_version = "HTTP/1.1"
    kept: ClassVar[dict[Path, bytes]] = {}

    def do_GET(self) -> None:
        """Send a file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        content = path.read_bytes()
        packs = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
        if packs:
            content = self.kept.setdefault(path, gzip.compress(content, 9, mtime=0))
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        if packs:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on 127.0.0.1; gives the address of its root."""
    handler = type("Here", (Packed,), {"kept": {}})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), lambda *given: handler(*given, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def chromium() -> str:
    """The path of the system's Chromium."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "No Chromium found: set CHROMIUM to its path."
    return found


def visit(browser: Browser, address: str, search: tuple[str, str] | None, query: str) -> Visit:
    """Visit a page for the first time, on the bad line, then look for a word with nothing of the search at hand."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, device_scale_factor=2, is_mobile=True, has_touch=True)
    try:
        page = context.new_page()
        tools = context.new_cdp_session(page)
        for command in ("Network.enable", "Profiler.enable"):
            tools.send(command)
        tools.send("Network.emulateNetworkConditions", LINE)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        tools.send("Profiler.startPreciseCoverage", {"callCount": False, "detailed": True})
        asked: list[tuple[str, float, float]] = []  # address, clock of the browser, clock of the wall
        parts: dict[str, list[tuple[float, int]]] = {}  # of each answer: when how much of it came, unpacked
        sizes: dict[str, int] = {}
        kinds: dict[str, str] = {}

        def on_asked(event: Mapping[str, Any]) -> None:
            asked.append((event["request"]["url"], event["timestamp"], event["wallTime"]))
            kinds[event["requestId"]] = KINDS.get(event.get("type", ""), "other")

        def on_data(event: Mapping[str, Any]) -> None:
            parts.setdefault(event["requestId"], []).append((event["timestamp"], int(event["dataLength"])))

        def on_end(event: Mapping[str, Any]) -> None:
            sizes[event["requestId"]] = int(event["encodedDataLength"])

        tools.on("Network.requestWillBeSent", on_asked)
        tools.on("Network.dataReceived", on_data)
        tools.on("Network.loadingFinished", on_end)
        page.add_init_script(WATCH)
        page.goto(address, wait_until="load", timeout=120_000)
        page.wait_for_load_state("networkidle", timeout=120_000)
        page.wait_for_timeout(1000)
        told = page.evaluate(TOLD)
        painted = told["origin"] / 1000 + told["first"] / 1000 - asked[0][2] + asked[0][1]
        real = [url for url, *_ in asked if url.startswith("http")]
        came = dict(sizes)
        script = executed(tools)
        return Visit(
            requests=len(real),
            elsewhere=sum(not url.startswith("http://127.0.0.1") for url in real),
            **{kind: sum(size for one, size in came.items() if kinds[one] == kind) for kind in ("html", "css", "js", "other")},
            before=sum(size * share(parts.get(one, []), painted) for one, size in came.items()),
            first=told["first"],
            largest=told["largest"],
            blocked=told["blocked"],
            shift=told["shift"],
            script=script,
            search=first_result(page, *search, query) if search else float("nan"),
        )
    finally:
        context.close()


def first_result(page: Page, tapped: str, shown: str, query: str) -> float:
    """Milliseconds from the tap on the search to the first result on the screen, the query standing there at once."""
    page.evaluate(RESULT, shown)
    page.click(tapped)
    page.wait_for_function("() => document.activeElement.matches('input')")
    page.keyboard.insert_text(query[:-1])
    page.keyboard.press(query[-1])  # Material looks when a key is let go
    page.wait_for_function("() => window.__shown", timeout=60_000)
    return float(page.evaluate("window.__shown - window.__tapped"))


def share(parts: list[tuple[float, int]], until: float) -> float:
    """How much of an answer had come at a moment."""
    whole = sum(size for _, size in parts)
    return sum(size for moment, size in parts if moment <= until) / whole if whole else 0


def executed(tools: CDPSession) -> int:
    """Bytes of script that ran, without what the measuring put in itself."""
    total = 0
    for script in tools.send("Profiler.takePreciseCoverage")["result"]:
        if not script["url"].startswith("http"):
            continue
        ranges = [one for function in script["functions"] for one in function["ranges"]]
        ran = bytearray(max(one["endOffset"] for one in ranges))
        for one in sorted(ranges, key=lambda one: (one["startOffset"], -one["endOffset"])):  # outer ones before inner ones
            ran[one["startOffset"] : one["endOffset"]] = bytes([min(one["count"], 1)]) * (one["endOffset"] - one["startOffset"])
        total += sum(ran)
    return total


def visits(pages: Mapping[tuple[str, str], Mapping[str, str]], sites: Mapping[str, Path], runs: int) -> list[str]:
    """Visit pages of sites in turn and give one table.

    In: for (language, page) the path of it on each site, the folder of each site, how often (the middle counts).
    """
    rows = [
        "| page | site | requests (elsewhere) | kB over the wire | html | css | js | other | kB before first paint |"
        " first paint, s | largest paint, s | blocked, ms | shift | script run, kB | search to first result, s | Lighthouse |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    faults: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=list(QUIET))
        for (locale, name), paths in pages.items():
            for site, folder in sites.items():
                with served(folder) as address:
                    search, query = SEARCHES.get(site), QUERIES[locale]
                    found = [visit(browser, address + paths[site], search, query) for _ in range(runs)]
                    looks = [lighthouse(address + paths[site]) for _ in range(LOOKS if site == "this site" else 1)]
                middle = {key: median(getattr(one, key) for one in found) for key in Visit.__dataclass_fields__}
                scores = [round(median(one)) for one in zip(*(look[0] for look in looks), strict=True)]
                kinds = [middle[kind] / 1000 for kind in ("html", "css", "js", "other")]
                seconds = "none" if site not in SEARCHES else f"{middle['search'] / 1000:.1f}"
                rows.append(
                    f"| {locale}, {name} | {site} | {middle['requests']:.0f} ({middle['elsewhere']:.0f}) | {sum(kinds):.1f} |"
                    f" {' | '.join(f'{kind:.1f}' for kind in kinds)} | {middle['before'] / 1000:.1f} |"
                    f" {middle['first'] / 1000:.2f} | {middle['largest'] / 1000:.2f} | {middle['blocked']:.0f} |"
                    f" {middle['shift']:.3f} | {middle['script'] / 1000:.1f} | {seconds} | {' '.join(map(str, scores))} |"
                )
                print(rows[-1], flush=True)
                if site == "this site":
                    short = [(" ".join(map(str, one)), ", ".join(below)) for one, below in looks if min(one) < 100]
                    faults += [f"- {locale}, {name}, {one}: {below}" for one, below in short]
        browser.close()
    told = f"Of {LOOKS * len(pages)} looks of Lighthouse at this site {len(faults)} had less than 100 somewhere:"
    return [*rows, "", told, "", *(faults or ["- none"])]


def lighthouse(address: str) -> tuple[list[int], list[str]]:
    """Scores of Lighthouse for a page, mobile, in the order of CATEGORIES, and the audits that keep one from 100."""
    program = TOOLS / "node_modules/lighthouse/cli/index.js"
    if not program.is_file():
        command = ["npm", "install", "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--prefix", str(TOOLS)]
        subprocess.run([*command, f"lighthouse@{LIGHTHOUSE}"], check=True, capture_output=True)
    with tempfile.TemporaryDirectory() as place:
        report = Path(place, "report.json")
        command = ["node", str(program), address, "--quiet", "--output=json", f"--output-path={report}"]
        command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags=--headless=new {' '.join(QUIET)}"]
        subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium()}, check=True, capture_output=True)
        told = json.loads(report.read_text("utf-8"))
    assert told["lighthouseVersion"] == LIGHTHOUSE
    scores = [round(100 * (told["categories"][one]["score"] or 0)) for one in CATEGORIES]
    faults = [
        f"{audit['id']} ({told['audits'][audit['id']]['score']})"
        for one in CATEGORIES
        for audit in told["categories"][one]["auditRefs"]
        if audit["weight"] and (told["audits"][audit["id"]]["score"] or 0) < 1
        and told["audits"][audit["id"]]["scoreDisplayMode"] not in ("notApplicable", "informative", "manual")
    ]  # fmt: skip
    return scores, faults
