"""A built site, read from its files: pages from the site map, each as a small tree of tags."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
        "path", "circle", "rect", "use", "line", "ellipse", "polyline", "polygon"}  # fmt: skip
UNREAD = {"script", "style", "template"}


@dataclass
class Tag:
    """An element: its name, attributes, and all text below it that a reader meets."""

    name: str
    attributes: dict[str, str]
    path: tuple[Tag, ...] = ()
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def has_class(self, name: str) -> bool:
        return name in self.get("class").split()

    def inside(self, *names: str) -> bool:
        """Whether it stands inside an element of one of these names, or of these classes (.name)."""
        return any(one.has_class(name[1:]) if name[0] == "." else one.name == name for one in self.path for name in names)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.open: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = Tag(tag, {name: value or "" for name, value in attrs}, tuple(self.open))
        self.tags.append(one)
        if tag not in VOID:
            self.open.append(one)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}, tuple(self.open)))

    def handle_endtag(self, tag: str) -> None:
        while self.open and (closed := self.open.pop()).name != tag:
            if not self.open:
                self.open.append(closed)
                break

    def handle_data(self, data: str) -> None:
        if not any(one.name in UNREAD for one in self.open):
            for one in self.open:
                one.pieces.append(data)


@dataclass(frozen=True)
class Page:
    """A page of the site: its public address and its file."""

    url: str
    file: Path

    @cached_property
    def html(self) -> str:
        return self.file.read_text("utf-8")

    @cached_property
    def tags(self) -> list[Tag]:
        reader = _Reader()
        reader.feed(self.html)
        return reader.tags

    def all(self, name: str, /, **attributes: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name == name and all(tag.get(k) == v for k, v in attributes.items())]

    def one(self, name: str, /, **attributes: str) -> Tag:
        found = self.all(name, **attributes)
        assert len(found) == 1, f"{self.url}: {len(found)} <{name}> {attributes}, expected 1"
        return found[0]

    @cached_property
    def ids(self) -> list[str]:
        return [tag.get("id") for tag in self.tags if "id" in tag.attributes]

    @property
    def locale(self) -> str:
        return self.one("html").get("lang")

    def __str__(self) -> str:
        return self.url


@dataclass(frozen=True)
class Built:
    """A built site and the public address that it was built for."""

    folder: Path
    address: str

    @property
    def prefix(self) -> str:
        return urlsplit(self.address).path

    def file(self, url: str) -> Path:
        """The file behind an address of the site (without fragment)."""
        path = unquote(urlsplit(url).path).removeprefix(self.prefix)
        return self.folder / (path + "index.html" if path.endswith("/") or not path else path)

    @cached_property
    def map(self) -> etree.Element:
        return etree.parse(self.folder / "sitemap.xml").getroot()

    @cached_property
    def pages(self) -> list[Page]:
        """Every page of the site map."""
        urls = [entry.findtext(f"{MAP}loc") or "" for entry in self.map.iter(f"{MAP}url")]
        return [Page(url, self.file(url)) for url in urls]

    @cached_property
    def by_url(self) -> dict[str, Page]:
        return {page.url: page for page in self.pages}

    @cached_property
    def locales(self) -> list[str]:
        return sorted({page.locale for page in self.pages})

    def of(self, locale: str) -> list[Page]:
        return [page for page in self.pages if page.locale == locale]

    def links(self, page: Page) -> Iterator[tuple[Tag, str, str]]:
        """Each address that a page refers to inside the site: the tag, the address, the fragment."""
        for tag in page.tags:
            for name in ("href", "src", "data-pe-tools", "data-pe-search"):
                links = tag.get(name).split() if name.startswith("data-") else [tag.get(name)]
                for link in links if name in tag.attributes and tag.name != "use" else ():
                    url, fragment = urldefrag(urljoin(page.url, link))
                    if url.startswith(self.address):
                        yield tag, url, fragment
