"""Sets of queries, asked of a search in a browser: shares of right pages, as rows of a table. For search.py and rivals.py."""

from __future__ import annotations

import gzip
import http.server
from pathlib import Path
from typing import ClassVar

import yaml
from playwright.sync_api import Page

from pe.site import Site

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ("en", "sv", "it")
SETS = ("queries", "queries-3")


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


def queries(locale: str, name: str) -> list[tuple[str, list[str]]]:
    """Each query of a set with the pages that are right; ``danger`` where the help page must come first."""
    listed = yaml.safe_load((ROOT / f"tests/search/{name}.{locale}.yml").read_text("utf-8"))
    found = [
        (str(query), pages.split(" | ")) for kind, one in listed.items() if kind != "danger" for query, pages in one.items()
    ]
    return found + [(query, ["danger", "get-help"]) for query in listed["danger"]]


def score(page: Page, site: Site, locale: str, script: str, start: str, argument: bool = False) -> list[str]:
    """Ask all queries of a language, set by set; cells of the table with the shares of right pages."""
    return [_score(page, site, locale, script, start, argument, queries(locale, name)) for name in SETS]


def _score(
    page: Page, site: Site, locale: str, script: str, start: str, argument: bool, asked: list[tuple[str, list[str]]]
) -> str:
    page.goto(start)
    names = {f"/{site.urls.path(one, name)}": (one, name) for one in site.pages for name in site.pages[one]}
    count = {"first": 0, "three": 0, "empty": 0, "foreign": 0, "danger": 0}
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
    shares = f"{100 * count['first'] / len(plain):.0f} % | {100 * count['three'] / len(plain):.0f} %"
    return f"{shares} | {count['danger']} of {len(asked) - len(plain)} | {count['empty']} | {count['foreign']}"


def rows_of(name: str, locale: str, weight: str, found: list[str]) -> list[str]:
    """Rows of the comparison, one a set."""
    return [f"| {name} | {locale} | {which} | {weight} | {cells} |" for which, cells in zip(SETS, found, strict=True)]
