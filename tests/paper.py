"""A PDF as a reader program meets it: tags with their words, marks, links, codes; and the words of the page beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import zxingcpp
from built import Page, Tag, tags

MARK = re.compile(r'<a [^>]*class="?pe-sure[^>]*>.*?</a>', re.S)
SOFT = "\u00ad"  # where a word was broken at the end of a line


@dataclass
class Node:
    """A tag: its kind, its language and alternative text where it has them, words and tags below it in order."""

    kind: str
    locale: str = ""
    alternative: str = ""
    below: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text for one in self.below)

    def walk(self) -> Iterator[Node]:
        yield self
        for one in self.below:
            if isinstance(one, Node):
                yield from one.walk()

    def all(self, *kinds: str) -> list[Node]:
        return [one for one in self.walk() if one.kind in kinds]


def plain(text: str) -> str:
    return " ".join(text.replace(SOFT, "").replace("\u200b", "").split())


@dataclass(frozen=True)
class Paper:
    """A PDF file."""

    path: Path

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(self.path)

    @cached_property
    def root(self) -> Node:
        """The tree of tags, with the words that each of them marks."""
        words = {
            (number, mark): text
            for number, page in enumerate(self.pdf.pages, start=1)
            for mark, text in marked_words(page).items()
        }
        numbers = {page.objgen: number for number, page in enumerate(self.pdf.pages, start=1)}

        def visit(element: Any, page: int) -> Iterator[Node | str]:
            if isinstance(element, pikepdf.Array):
                for one in element:
                    yield from visit(one, page)
            elif isinstance(element, int):
                yield words.get((page, element), "")
            elif "/Pg" in element and element.get("/Type") == "/MCR":
                yield words.get((numbers[element.Pg.objgen], int(element.MCID)), "")
            elif element.get("/Type") == "/MCR":
                yield words.get((page, int(element.MCID)), "")
            elif element.get("/Type") != "/OBJR":
                page = numbers[element.Pg.objgen] if "/Pg" in element else page
                node = Node(str(element.S)[1:], str(element.get("/Lang", "")), str(element.get("/Alt", "")))
                node.below = list(visit(element.get("/K", pikepdf.Array()), page))
                yield node

        tree = self.pdf.Root.StructTreeRoot
        return Node("root", below=list(visit(tree.K, 1)))

    def under(self, title: str) -> list[str]:
        """The paragraphs and list items between the heading with this text and the next one of its level or above."""
        found: list[str] = []
        level = 0
        for node in self.root.all("H1", "H2", "H3", "P", "LBody"):
            if node.kind.startswith("H"):
                own = int(node.kind[1])
                if level and own <= level:
                    break
                level = level or (own if plain(node.text) == title else 0)
            elif level:
                found.append(node.text)
        assert level, f"{self.path.name}: no heading “{title}”"
        return found

    def column(self, number: int) -> list[str]:
        """The cells of one column of all tables, in order."""
        return [
            cells[number].text
            for row in self.root.all("TR")
            if len(cells := [one for one in row.below if isinstance(one, Node)]) > number
        ]

    @cached_property
    def links(self) -> list[tuple[str, str]]:
        """Address and description of each link that leads out of the file."""
        return [
            (str(note.A.URI), str(note.get("/Contents", "")))
            for page in self.pdf.pages
            for note in page.get("/Annots", [])
            if note.get("/Subtype") == "/Link" and "/A" in note and "/URI" in note.A
        ]

    @cached_property
    def codes(self) -> list[str]:
        """What a phone reads from the codes: all pictures of a sheet are codes, and they stand on its first page."""
        first = pypdfium2.PdfDocument(self.path)[0]
        picture = first.render(scale=150 / 72, grayscale=True, crop=(0, first.get_height() * 0.8, 0, 0)).to_pil()
        return [one.text for one in zxingcpp.read_barcodes(picture)]

    @cached_property
    def bookmarks(self) -> list[str]:
        with self.pdf.open_outline() as outline:
            return [str(one.title) for one in outline.root]

    @cached_property
    def unembedded(self) -> list[str]:
        """Fonts that the file names but does not carry."""
        return [
            str(one.get("/FontName"))
            for one in self.pdf.objects
            if isinstance(one, pikepdf.Dictionary)
            and one.get("/Type") == "/FontDescriptor"
            and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(one.keys())
        ]


def marked_words(page: pikepdf.Page) -> dict[int, str]:
    """The words of a page by the number of the mark that they stand in (ISO 32000-1, 14.6 and 9.10)."""
    alphabets = {name: alphabet(font) for name, font in page.Resources.get("/Font", pikepdf.Dictionary()).items()}
    found: dict[int, str] = defaultdict(str)
    opened: list[int | str | None] = []  # a mark's number, or the words that a program shall read in its place
    known: dict[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        name, values = str(instruction.operator), instruction.operands
        if name in ("BDC", "BMC"):
            said = values[1] if len(values) > 1 and isinstance(values[1], pikepdf.Dictionary) else pikepdf.Dictionary()
            opened.append(str(said.ActualText) if "/ActualText" in said else int(said.MCID) if "/MCID" in said else None)
        elif name == "EMC":
            closed = opened.pop()
            if isinstance(closed, str) and (number := innermost(opened)) is not None:
                found[number] += closed
        elif name == "Tf":
            known = alphabets[str(values[0])]
        elif name in ("Tj", "TJ") and not any(isinstance(one, str) for one in opened):
            if (number := innermost(opened)) is None:
                continue
            for piece in values[0] if name == "TJ" else [values[0]]:
                if isinstance(piece, pikepdf.String):
                    code = bytes(piece)
                    found[number] += "".join(known[code[at : at + 2]] for at in range(0, len(code), 2))
    return found


def innermost(opened: list[int | str | None]) -> int | None:
    return next((one for one in reversed(opened) if isinstance(one, int)), None)


def alphabet(font: pikepdf.Object) -> dict[bytes, str]:
    """What each code of a font means to a reader program: its ToUnicode map."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    found: dict[bytes, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for code in range(int(first, 16), int(last, 16) + 1):
                start = int.from_bytes(bytes.fromhex(text), "big") + code - int(first, 16)
                found[code.to_bytes(2, "big")] = start.to_bytes(len(text) // 2, "big").decode("utf-16-be")
    return found


def without_marks(text: str, grades: list[str]) -> str:
    """Words without those that say how sure we are: they stand behind a blank that does not break."""
    marks = "|".join(re.escape(one) for one in sorted(grades, key=len, reverse=True))
    return plain(re.sub(rf"\u00a0(?:{marks})(?=\s|$)", " ", text.replace(SOFT, "")))


@cache
def read(page: Page) -> list[Tag]:
    """The tags of a page, without the marks of certainty and the links of headings."""
    return tags(MARK.sub("", page.html))


def texts(page: Page, start: str, *, items_only: bool = False, plain_only: bool = True) -> list[str]:
    """Paragraphs and list items of a page between the heading with this id and the next of its level, without marks."""
    found: list[str] = []
    level = 0
    for tag in read(page):
        if re.fullmatch("h[1-4]", tag.name) and tag.inside("main"):
            own = int(tag.name[1])
            if level and own <= level:
                break
            level = level or (own if tag.get("id") == start else 0)
        elif level and tag.name in (("li",) if items_only else ("li", "p")):
            added = tag.inside(".pe-lines", ".pe-numbers", ".pe-stop") or tag.has_class("pe-small")
            aside = (tag.name == "p" and tag.inside("li")) or tag.has_class("pe-older")  # an older translation says so
            if not (plain_only and added) and not aside:
                found.append(plain(tag.text))
    assert level, f"{page}: no #{start}"
    return [one for one in found if one]


def title(page: Page, id_: str) -> str:
    return next(plain(tag.text) for tag in read(page) if tag.get("id") == id_ and tag.name in ("h2", "h3"))
