"""Splits Markdown into the few blocks a page may have, each with its lines.

A scanner of our own, because it has to refuse what a parser would accept in silence: what Python-Markdown
does not take for a list or a table (no blank line before it), and all markup a page must not contain.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .complaint import Complaint

HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*$")
HEADING_ID = re.compile(r"\s*\{:?\s*#([^\s}]+)\s*\}$")
ITEM = re.compile(r"(\s*)(?:([-*+])|(\d+)\.)\s+(.*)")
DELIMITER = re.compile(r"\|(\s*:?-+:?\s*\|)+")
CELL_EDGE = re.compile(r"(?<!\\)\|")
CODE = re.compile(r"`[^`]*`")
FENCE = re.compile(r"\s*(```|~~~)")
REFUSED = (
    ("a code block", FENCE),
    ("an admonition", re.compile(r"\s*(!!!|\?\?\?|///)")),
    ("raw HTML", re.compile(r".*<[A-Za-z!/?]")),
    ("a quotation block", re.compile(r"\s{0,3}>")),
    ("a ruled line", re.compile(r"\s{0,3}(([*_])\s*(\2\s*){2,}|-{3,}|={3,})\s*$")),
    ("a footnote's text", re.compile(r"\s*\[\^[^\]]+\]:")),
    ("a link definition", re.compile(r"\s{0,3}\[[^\]^]+\]:")),
    ("an abbreviation", re.compile(r"\s{0,3}\*\[")),
    ("a template", re.compile(r".*(\{\{|\{%)")),
    ("an attribute list", re.compile(r".*\{[:\s]*[.#]")),
    ("an HTML entity", re.compile(r".*&(#|[A-Za-z]+;)")),
)
SUSPECT = re.compile(r"\s*(?:[`~!?/>\[*_=]|-[-`])|.*[<{&]")  # a cheap first look: whatever is refused has one of these
ADVICE = {
    "a footnote's text": "The build writes footnotes from the ledger: remove the line.",
    "an HTML entity": "Write the character itself.",
    "a link definition": "Write the address in the text: [words](page.md#id).",
}


@dataclass(slots=True)
class Block:
    """A heading, paragraph, list or table: its kind and its lines with their numbers."""

    kind: str
    lines: list[tuple[int, str]] = field(default_factory=list)


def scan(lines: list[str], first: int, shown: str, complaints: list[Complaint]) -> Iterator[Block]:
    """The blocks of a page in order.

    In: the lines below the front matter, the number of the first one, the path to show.
    Complaints about refused markup and missing blank lines are added to `complaints`.
    """
    block: Block | None = None
    blank = True
    for number, raw in enumerate(lines, start=first):
        line = raw.expandtabs(4).rstrip()
        if not line.strip():
            blank = True
            continue
        if SUSPECT.match(line):
            _refuse(number, line, shown, complaints)
        kind = _kind(line, block, blank)
        if block is not None and not blank and kind not in ("heading", block.kind) and block.kind != "heading":
            what = f"found a {kind} directly after a {block.kind}, expected a blank line between. Add it."
            complaints.append(Complaint(shown, number, "blank-line", what))
        if block is None or kind == "heading" or kind != block.kind or (blank and kind != "list"):
            if block is not None:
                yield block
            block = Block(kind)
        block.lines.append((number, line))
        blank = kind == "heading"
    if block is not None:
        yield block


def _kind(line: str, block: Block | None, blank: bool) -> str:
    if HEADING.match(line):
        return "heading"
    if line.lstrip().startswith("|"):
        return "table"
    in_list = block is not None and block.kind == "list"
    if ITEM.match(line) or (in_list and line.startswith("    " if blank else "  ")):
        return "list"
    return "paragraph"


def _refuse(number: int, line: str, shown: str, complaints: list[Complaint]) -> None:
    text = line if FENCE.match(line) else CODE.sub("", line)
    heading = HEADING.match(text)
    if heading:
        text = HEADING_ID.sub("", text)
    for name, pattern in REFUSED:
        if pattern.match(text) and not (name == "a ruled line" and heading):
            advice = ADVICE.get(name, "Pages are plain Markdown: write it as a paragraph, a list or a table.")
            what = f"found {name}, which a page must not contain. {advice}"
            complaints.append(Complaint(shown, number, "markup", what))
            return


def is_closed(line: str) -> bool:
    """Whether a table row has a bar at both ends."""
    text = line.strip()
    return len(text) > 1 and text.startswith("|") and text.endswith("|") and not text.endswith("\\|")


def cells(line: str) -> list[str]:
    """The cells of a table row; a bar that is missing at an end is thought to be there."""
    text = line.strip()
    if not is_closed(text):
        text = f"|{text.removeprefix('|')}|"
    edges = [match.start() for match in CELL_EDGE.finditer(text)]
    return [text[start + 1 : end].strip() for start, end in itertools.pairwise(edges)]
