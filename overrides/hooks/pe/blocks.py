"""Splits Markdown into the few blocks a page may have, each with its lines.

A scanner of our own, because it has to refuse what a parser would accept in silence: what Python-Markdown
does not take for a list or a table (no blank line before it, too far in), what it takes for a heading, a ruled line
or a list where none was meant, and all markup a page must not contain.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .complaint import Complaint

HEADING = re.compile(r"(#{1,6}) +(.*?)\s*$")
HEADING_ID = re.compile(r"\s+\{:?\s*#([^\s}]+)\s*\}$")
ITEM = re.compile(r"( *)(?:([-*+])|(\d+)\.) +(.*)")
DELIMITER = re.compile(r"\|(\s*:?-+:?\s*\|)+")
CELL_EDGE = re.compile(r"(?<!\\)\|")
CODE = re.compile(r"`[^`]*`")
FENCE = re.compile(r"\s*(```|~~~)")
STEP = 4  # blanks that Python-Markdown takes for one step in
MARK = r"(?:[-*+]|\d+\.)"
START = rf"\s*(?:{MARK}\s+)?"  # an item is read by Python-Markdown as a page is
REFUSED = (
    ("a code block", FENCE),
    ("an admonition", re.compile(r"\s*(!!!|\?\?\?|///)")),
    ("raw HTML", re.compile(r".*<[A-Za-z!/?]")),
    ("a quotation block", re.compile(rf"{START}>")),
    ("a ruled line", re.compile(rf"{START}([-+*_=])(\s*\1)*$")),
    ("an item without words", re.compile(rf"\s*{MARK}$")),
    ("a `#` that begins no heading", re.compile(rf"(?!{HEADING.pattern}){START}#")),
    ("a heading that ends with `#`", re.compile(r"#.*(?<!\\)#$")),
    ("an item inside an item", re.compile(rf"\s*{MARK}\s+{MARK}(\s|$)")),
    ("a table without a bar at its ends", re.compile(rf"{START}[-:][-:\s]*\|[-:|\s]*$")),
    ("a footnote's text", re.compile(r"\s*\[\^[^\]]+\]:")),
    ("a link definition", re.compile(r"\s{0,3}\[[^\]^]+\]:")),
    ("an abbreviation", re.compile(r"\s{0,3}\*\[")),
    ("a template", re.compile(r".*(\{\{|\{%)")),
    ("an attribute list", re.compile(r".*\{[:\s]*[.#]")),
    ("an HTML entity", re.compile(r".*&(#|[A-Za-z]+;)")),
)
SUSPECT = re.compile(  # a cheap first look: whatever is refused has one of these
    rf"\s*(?:[`~!?/>\[*_=#+:]|-(?! [^-|:\s])|{MARK}(?:$|\s+[-+*_=#>:\d]))|.*[<{{&]"
)
ADVICE = {
    "a ruled line": "Remove it: a heading is written `## Words { #english-id }`, and nothing else parts a page.",
    "an item without words": "Write them, or remove the line.",
    "a `#` that begins no heading": "Write `## Words { #english-id }` from the start of the line, or `\\#` for the sign.",
    "a heading that ends with `#`": "It would not be shown: remove it, or write `\\#`.",
    "an item inside an item": "Begin one item a line; one that belongs to the item above is indented by 4 blanks.",
    "a table without a bar at its ends": "Begin and end each row with `|`.",
    "a footnote's text": "The build writes footnotes from the ledger: remove the line.",
    "an HTML entity": "Write the character itself.",
    "a link definition": "Write the address in the text: [words](page.md#id).",
}
BELOW = {  # what may stand directly below a block
    "heading": ("heading", "paragraph", "list", "table"),
    "paragraph": ("heading", "paragraph"),
    "list": ("list",),  # a list below such a heading would be part of the one above it
    "table": ("table",),  # Markdown makes a row even of a heading
}


@dataclass(slots=True)
class Block:
    """A heading, paragraph, list or table: its kind and its lines with their numbers."""

    kind: str
    lines: list[tuple[int, str]] = field(default_factory=list)


def scan(lines: list[str], first: int, shown: str, complaints: list[Complaint]) -> Iterator[Block]:
    """The blocks of a page in order.

    In: the lines below the front matter, the number of the first one, the path to show.
    Complaints about refused markup, missing blank lines and indents are added to `complaints`.
    """
    block: Block | None = None
    blank = True
    open_lists: list[bool] = []  # the lists that the line may go on with, from the outermost: whether each is numbered
    above = 0  # how far in the line is that follows the last blank one
    for number, raw in enumerate(lines, start=first):
        line = raw.expandtabs(4).rstrip()
        if not line.strip():
            blank = True
            continue
        if SUSPECT.match(line):
            _refuse(number, line, shown, complaints)
        kind = _kind(line, block, blank)
        if kind != "list":
            open_lists.clear()
        depth = (len(line) - len(line.lstrip(" "))) // STEP if line[0] == " " else 0
        above = depth if blank else above
        if depth or kind == "list":
            for what in _astray(line, depth, above, open_lists):
                complaints.append(Complaint(shown, number, "markup", what))
        if block is not None and not blank and kind not in BELOW[block.kind]:
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


def _astray(line: str, depth: int, above: int, open_lists: list[bool]) -> Iterator[str]:
    """What is wrong with the indent and the mark of a line; an item is added to the open lists."""
    if depth > len(open_lists):
        most = STEP * (len(open_lists) + 1) - 1
        yield f"found an indent of {STEP * depth} blanks or more, expected {most} at most: it would be code. Remove blanks."
    if open_lists and depth < above:
        yield "found an item further out than the first one below the blank line. Add a blank line before it."
    if item := ITEM.match(line):
        numbered = bool(item[3])
        if depth < len(open_lists) and open_lists[depth] != numbered:
            found, expected = ("a number", "`-`") if numbered else (f"`{item[2]}`", "a number")
            yield f"found an item with {found}, expected {expected} as above. Use one mark, or a sentence between two lists."
        open_lists[depth:] = [numbered]


def _refuse(number: int, line: str, shown: str, complaints: list[Complaint]) -> None:
    text = line if FENCE.match(line) else CODE.sub("'", line)
    if HEADING.match(text):
        text = HEADING_ID.sub("", text)
    for name, pattern in REFUSED:
        if pattern.match(text):
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
