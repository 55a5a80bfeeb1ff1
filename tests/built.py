"""A built site, read from its files: pages from the site map, each as a small tree of tags."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
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


def tags(html: str) -> list[Tag]:
    """The elements of a page, as a browser reads it."""
    root = LexborHTMLParser(html).root
    assert root
    return list(_tags(root))


def _tags(node: LexborNode, path: tuple[Tag, ...] = ()) -> Iterator[Tag]:
    """An element and all below it; what it says is given to each element that it stands in."""
    one = Tag(node.tag, {name: value or "" for name, value in node.attributes.items()}, path)
    yield one
    if node.tag in UNREAD:
        return
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            for parent in (*path, one):
                parent.pieces.append(child.text_content or "")
        else:
            yield from _tags(child, (*path, one))


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
        return tags(self.html)

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
            for name in ("href", "src", "data-pe-search"):
                if name in tag.attributes and tag.name != "use":
                    url, fragment = urldefrag(urljoin(page.url, tag.get(name)))
                    if url.startswith(self.address):
                        yield tag, url, fragment
