"""What a first visit weighs: this site, default Material with the same pages, and a hand-made floor page of the same text.

    python tests/bench/weight.py [--visit] [--report tests/bench/weight.md]

Every file is counted at gzip -9, because what a plain server sends is no measure. The floor is one file: the page's own text
as semantic HTML, 3 kB of inline style, no script. Counted is what a browser asks for by itself; nothing a reader opens.
With --visit a browser visits home, a topic page and a table page of each on a bad line, and Lighthouse looks at them
(visit.py).
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "overrides" / "hooks"))
sys.path.insert(0, str(Path(__file__).parent))

import visit  # noqa: E402  the path is set just above
from growth import MATERIAL  # noqa: E402

from pe.project import Project  # noqa: E402
from pe.slugs import load  # noqa: E402

STYLE = re.compile(r"<style>(.*?)</style>", re.S)
LINK = re.compile(r"<link\b[^>]*>")
ASKED = re.compile(r'<(?:script|img)\b[^>]*?\bsrc="?([^"\s>]+)')
UNREAD = re.compile(r"<(script|style|svg|dialog|form|button|template|noscript|head)\b.*?</\1>|<!--.*?-->", re.S)
ATTRIBUTE = re.compile(r'\s(?!href=|lang=|id=|scope=)[\w-]+(?:=(?:"[^"]*"|[^\s>"]+))?(?=[\s>])')
HEAD = '<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width"><link rel=icon href=data:,>'
VISITED = {"home": "index", "topic": "muscle-spasms", "table": "treatments"}


@dataclass
class Weight:
    """Bytes by kind after gzip -9; `elsewhere` counts requests to other hosts, whose bytes nobody counts here."""

    kinds: dict[str, int] = field(default_factory=dict)
    requests: int = 1
    elsewhere: int = 0

    @property
    def total(self) -> int:
        """All bytes."""
        return sum(self.kinds.values())


def packed(content: bytes) -> int:
    """Size after gzip -9."""
    return len(gzip.compress(content, 9, mtime=0))


def weigh(site: Path, page: str) -> Weight:
    """Weigh the first visit of a page, from the tags that make a browser ask."""
    html = (site / page / "index.html").read_text("utf-8")
    found = Weight({"html": packed(html.encode())})
    asked = [re.search(r'href="?([^"\s>]+)', tag) for tag in LINK.findall(html) if re.search(r"rel=\"?(stylesheet|icon)", tag)]
    wanted = [one[1] for one in asked if one and not one[1].endswith(".ico")] + ASKED.findall(html)
    for address in dict.fromkeys(wanted):
        url = urlsplit(urljoin(f"https://here/{page}/" if page else "https://here/", address))
        found.requests += 1
        if url.netloc != "here":
            found.elsewhere += 1
            continue
        file = site / url.path.lstrip("/")
        if not file.is_file():
            continue  # default Material has no drawings of ours
        kind = {".css": "css", ".js": "js"}.get(file.suffix, "picture")
        content = file.read_bytes()
        found.kinds[kind] = found.kinds.get(kind, 0) + (packed(content) if file.suffix != ".png" else len(content))
    return found


def floor(html: str) -> bytes:
    """The hand-made page of the same text, with as much of our own style as fits in 3 kB."""
    style = STYLE.search(html)
    assert style
    title = re.search(r"<title>.*?</title>", html, re.S)
    body = UNREAD.sub("", html[html.index("<body") :])
    body = re.sub(r"</?(span|div)\b[^>]*>", "", ATTRIBUTE.sub("", body))
    body = re.sub(r"\s+", " ", body)
    small = style[1][: style[1].rindex("}", 0, 3000) + 1]
    head = f"{HEAD}{title[0] if title else ''}<style>{small}</style>"
    return f"{head}{body}".encode()


def before_paint(weight: Weight, html: str) -> int:
    """Bytes that must be there before anything can be painted: the head, and the styles that it waits for."""
    return packed(html[: html.index("<body")].encode()) + weight.kinds.get("css", 0)


def build(folder: Path, site: Path) -> None:
    """Build a site, whole: a page names its card and its sheets of paper."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1795132800"}
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "--site-dir", str(site)], cwd=folder, env=environment, check=True
    )


def plain(project: Project, locale: str, name: str) -> str:
    """Where plain MkDocs with i18n puts a page, with a slash at its end; empty for the first."""
    return "".join(f"{part}/" for part in (locale, name) if part not in (project.default, "index"))


def visited(project: Project, sites: dict[str, Path], runs: int) -> list[str]:
    """What a browser and Lighthouse say of some pages, as lines of Markdown."""
    slugs, _ = load(project)
    pages: dict[tuple[str, str], dict[str, str]] = {}
    for locale in project.locales:
        for kind, name in VISITED.items():
            path = slugs.path(locale, name)
            others = {"Material": plain(project, locale, name), "floor": f"{locale}/{name}/"}
            pages[locale, kind] = {"this site": path, **others}
            target = sites["floor"] / locale / name / "index.html"
            target.parent.mkdir(parents=True)
            target.write_bytes(floor((sites["this site"] / path / "index.html").read_text("utf-8")))
    often = f"the middle of {runs} visits" if runs > 1 else "one visit each"
    asked = f"A browser on 400 kbit/s with 400 ms, its processor slowed {visit.SLOWER} times; {often}."
    scored = f"Lighthouse {visit.LIGHTHOUSE}, mobile: {', '.join(visit.CATEGORIES)}, of this site the middle of {visit.LOOKS}."
    return ["", "## Visited", "", f"{asked} {visit.CLOSED} {scored}", "", *visit.visits(pages, sites, runs)]


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--report", type=Path)
    parser.add_argument("--visit", action="store_true", help="in a browser too, and Lighthouse")
    parser.add_argument("--runs", type=int, default=3, help="visits of each page; the middle counts")
    parser.add_argument("--site", type=Path, help="one that is built already")
    parser.add_argument("--material", type=Path, help="one that is built already")
    given = parser.parse_args()
    rows = [
        "| | page | this site, kB | html | css | js | picture | requests | before paint | floor, kB | times the floor |"
        " Material, kB | requests (elsewhere) |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = given.site or Path(folder, "ours"), given.material or Path(folder, "theirs")
        if not given.site:
            build(ROOT, ours)
        if not given.material:
            shutil.copytree(ROOT / "docs", Path(folder, "m", "docs"))
            Path(folder, "m", "mkdocs.yml").write_text(MATERIAL, "utf-8")
            build(Path(folder, "m"), theirs)
        project = Project(ROOT)
        slugs, _ = load(project)
        for locale, name in itertools.product(project.locales, project.page_names):
            page = slugs.path(locale, name).rstrip("/")
            html = (ours / page / "index.html").read_text("utf-8")
            own, other = weigh(ours, page), weigh(theirs, plain(project, locale, name).rstrip("/"))
            least = packed(floor(html))
            kinds = " | ".join(f"{own.kinds.get(kind, 0) / 1000:.1f}" for kind in ("html", "css", "js", "picture"))
            rows.append(
                f"| {locale} | {name} | {own.total / 1000:.1f} | {kinds} | {own.requests} |"
                f" {before_paint(own, html) / 1000:.1f} | {least / 1000:.1f} | {own.total / least:.1f} |"
                f" {other.total / 1000:.1f} | {other.requests} ({other.elsewhere}) |"
            )
            print(rows[-1], flush=True)
        if given.visit:
            rows += visited(project, {"this site": ours, "Material": theirs, "floor": Path(folder, "floor")}, given.runs)
    if given.report:
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
        head = (
            f"# Weight of a first visit\n\nMeasured at {commit.stdout.strip()} with `python tests/bench/weight.py`, gzip -9.\n"
            "Of Material only what its HTML names is counted, not its search worker and index nor fonts from elsewhere.\n\n"
        )
        given.report.write_text(head + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
