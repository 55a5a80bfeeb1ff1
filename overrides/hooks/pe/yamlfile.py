"""YAML with the line of every key: duplicate keys, anchors and wrong encodings refused.

All scalars stay text, as they stand in the file (`no`, `1.10` and `2026-11-21` keep their form);
the schema says what a field is. Tags such as `!ENV` are read over.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .complaint import Complaint

# Characters that nobody sees: they break feeds and pages, end a line for one program and not for another, or turn text round.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufdd0-\ufdef\ufffe\uffff]")
Loader: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Mapped(dict[str, "Value"]):
    """A mapping that knows its line and the line of each key."""

    def __init__(self, line: int = 1) -> None:
        """Empty, starting on `line`."""
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}

    def line_of(self, key: str) -> int:
        """Line of `key`, or of the mapping where the key is missing."""
        return self.lines.get(key, self.line)


class Listed(list["Value"]):
    """A list that knows its line and the line of each entry."""

    def __init__(self, line: int = 1) -> None:
        """Empty, starting on `line`."""
        super().__init__()
        self.line = line
        self.lines: list[int] = []


Value: TypeAlias = str | Mapped | Listed


def text_of(path: Path, shown: str) -> tuple[str | None, list[Complaint]]:
    """The text of a file, line breaks as \\n, without hidden characters.

    In: the path, and the path to show in complaints. Out: None with a complaint where the file is missing,
    cannot be read, or is not UTF-8.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None, [Complaint(shown, 1, "file-missing", "the file is not there. Put it back or write it.")]
    except OSError as error:
        return None, [Complaint(shown, 1, "file-missing", f"cannot be read: {error.strerror}. Mend it.")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = f"found byte 0x{raw[error.start]:02x}, expected UTF-8 text. Save the file as UTF-8."
        return None, [Complaint(shown, line, "encoding", what)]
    complaints = []
    if text.startswith("\ufeff"):
        what = "found a byte order mark, expected plain UTF-8. Save the file as UTF-8 without BOM."
        complaints.append(Complaint(shown, 1, "encoding", what))
        text = text[1:]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if HIDDEN.search(text):
        lines = enumerate(text.split("\n"), start=1)
        complaints += [_hidden(found[0], shown, number) for number, line in lines if (found := HIDDEN.search(line))]
        text = HIDDEN.sub("", text)
    return text, complaints


def _hidden(letter: str, shown: str, line: int) -> Complaint:
    what = f"found the hidden character U+{ord(letter):04X}, expected text. Delete it, with the letters beside it if need be."
    return Complaint(shown, line, "hidden-character", what)


def read(path: Path, shown: str) -> tuple[Mapped, list[Complaint]]:
    """A YAML file whose top level is a mapping.

    Out: the mapping (empty where the file cannot be used) and the complaints.
    """
    text, complaints = text_of(path, shown)
    if text is None:
        return Mapped(), complaints
    value, more = parse(text, shown)
    if not isinstance(value, Mapped):
        if not more:
            what = "found no `key: value` lines at the left margin, expected them. Write the keys there."
            more = [Complaint(shown, 1, "yaml", what)]
        value = Mapped()
    return value, complaints + more


def parse(text: str, shown: str, first_line: int = 1) -> tuple[Value | None, list[Complaint]]:
    """A YAML text as lines-knowing values.

    In: the text, the path to show, the line of the file on which the text starts.
    Out: None where the text is empty or broken; complaints for broken YAML, duplicate keys and anchors.
    """
    value, complaints = _parsed(text, shown, first_line)
    return value, list(complaints)


@lru_cache(maxsize=128)  # while pages are served, what was read before
def _parsed(text: str, shown: str, first_line: int) -> tuple[Value | None, tuple[Complaint, ...]]:
    try:
        root = yaml.compose(text, Loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return None, (_broken(error, shown, first_line),)
    if root is None:
        return None, ()
    complaints: list[Complaint] = []
    try:
        value = _value(root, shown, first_line, complaints, set())
    except RecursionError as error:
        return None, (_broken(error, shown, first_line),)
    return value, tuple(complaints)


def number_of(text: str) -> int | None:
    """A whole number as people write it; None where it is none, or too long to mean anything."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _broken(error: Exception, shown: str, first_line: int) -> Complaint:
    mark = getattr(error, "problem_mark", None)
    line = first_line + (mark.line if mark else 0)
    problem = " ".join(str(getattr(error, "problem", None) or "cannot be read").split())
    return Complaint(shown, line, "yaml", f"broken YAML: {problem}. Look at this line and the one above it.")


def _value(node: Node, shown: str, first: int, complaints: list[Complaint], seen: set[int]) -> Value:
    line = first + node.start_mark.line
    if id(node) in seen:
        what = "found an alias (`*name`), expected the value itself. Write the value out."
        complaints.append(Complaint(shown, line, "yaml", what))
        return ""
    seen.add(id(node))
    if isinstance(node, MappingNode):
        mapped = Mapped(line)
        for key, at, inner in _pairs(node, shown, first, complaints):
            mapped[key] = _value(inner, shown, first, complaints, seen)
            mapped.lines[key] = at
        return mapped
    if isinstance(node, SequenceNode):
        listed = Listed(line)
        for inner in node.value:
            listed.append(_value(inner, shown, first, complaints, seen))
            listed.lines.append(first + inner.start_mark.line)
        return listed
    return _scalar(node, shown, line, complaints)


def _scalar(node: Node, shown: str, line: int, complaints: list[Complaint]) -> str:
    text = str(node.value)
    if found := HIDDEN.search(text):  # written as an escape, such as "\x07"
        complaints.append(_hidden(found[0], shown, line))
        return HIDDEN.sub("", text)
    return text


def _pairs(node: MappingNode, shown: str, first: int, complaints: list[Complaint]) -> Iterator[tuple[str, int, Node]]:
    found: dict[str, int] = {}
    for key_node, inner in node.value:
        line = first + key_node.start_mark.line
        if not isinstance(key_node, ScalarNode):
            what = "found a key that is no text, expected a name. Write `name: value`."
            complaints.append(Complaint(shown, line, "yaml", what))
            continue
        key = _scalar(key_node, shown, line, complaints)
        if key in found:
            what = f"duplicate key `{key}`: found again, first on line {found[key]}. Keep one of the two."
            complaints.append(Complaint(shown, line, "yaml-duplicate", what))
            continue
        found[key] = line
        yield key, line, inner
