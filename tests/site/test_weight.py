"""What a first visit asks for, read from the page. Figures and other sites: tests/bench/weight.md."""

from __future__ import annotations

import gzip
from pathlib import Path

from built import Built, Page

FILES = 4  # with the page itself
SCRIPT = 8_000  # bytes after gzip -9, as all sizes here
BEFORE_PAINT = 14_000  # what the first round trip of a connection carries (RFC 6928: 10 segments)


def asked(page: Page) -> list[Path]:
    """The files that a page asks for by itself: of its two icons a browser takes the drawing."""
    links = [tag.get("href") for tag in page.all("link") if tag.get("rel") in ("stylesheet", "icon")]
    scripts = [tag.get("src") for tag in page.all("script") if tag.get("src")]
    return [(page.file.parent / one).resolve() for one in links + scripts if not one.endswith(".ico")]


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 9, mtime=0))


def test_a_first_visit_asks_for_few_files(built: Built) -> None:
    found = {page.url: ["the page", *(file.name for file in asked(page))] for page in built.pages}
    many = [f"{url}: {len(files)} files: {', '.join(files)}" for url, files in found.items() if len(files) > FILES]
    assert not many, f"expected {FILES} at most; let a script fetch it when it is first wanted:\n" + "\n".join(many)


def test_a_page_runs_little_script(built: Built) -> None:
    for page in built.pages:
        scripts = {file.name: packed(file.read_bytes()) for file in asked(page) if file.suffix == ".js"}
        assert 0 < sum(scripts.values()) <= SCRIPT, f"{page}: {scripts}, expected {SCRIPT} bytes at most"


def test_a_page_is_painted_after_the_first_round_trip(built: Built) -> None:
    for page in built.pages:
        head = page.file.read_bytes().split(b"<body", 1)[0]
        styles = {file.name: packed(file.read_bytes()) for file in asked(page) if file.suffix == ".css"}
        size = packed(head) + sum(styles.values())
        assert size <= BEFORE_PAINT, f"{page}: {size} bytes of head and styles {styles}, expected {BEFORE_PAINT} at most"
