"""Styles: all rules are written once, and each page carries those that can match something on it."""

from __future__ import annotations

import itertools
import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import rcssmin
import tinycss2

PROPERTY = re.compile(r"(?<![\w-])--[a-zA-Z][\w-]*")  # not the second half of a class
COMMENT = re.compile(r"/\*.*?\*/", re.S)
ROOT = re.compile(r":root\s*\{([^{}]*)\}")
BLOCK = re.compile(r"\{([^{}]*)\}")
SAID = re.compile(r"(?<=[{;\s])(--[\w-]+):\s*([^;{}]+);")
READ = re.compile(r"var\((--[\w-]+)(?:,[^()]*)?\)")
DEFINED = re.compile(r"(?<=[{;])(--[\w-]+):([^;{}]*);?")
USED = re.compile(r"var\((--[\w-]+)")
CLASSES = re.compile(r'\sclass="([^"]*)"')
TAGS = re.compile(r"<([a-z]\w*)")
PUT_ON = re.compile(r"""class(?:Name = |List\.\w+\(|=)["']([^"']+)["']""")
MADE = re.compile(r"""(?:make|createElement)\(["'](\w+)["']""")
NESTED = ("media", "supports", "container")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: each selector with the sets of names of which one must be on the page, and what stands in braces.

    A name is that of an element (``ol``) or of a class (``.pe-keys``).
    """

    selectors: tuple[tuple[str, frozenset[frozenset[str]]], ...]
    body: str

    def within(self, names: frozenset[str]) -> str:
        """Write the rule with the selectors that can match; nothing where none can."""
        fit = [text for text, needs in self.selectors if any(need <= names for need in needs)]
        return f"{','.join(fit)}{{{self.body}}}" if fit else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rules below a condition, or (without rules) a statement as it stands."""

    head: str
    rules: tuple[Rule | Group, ...] = ()

    def within(self, names: frozenset[str]) -> str:
        """Write what can match; nothing where no rule can."""
        if not self.rules:
            return self.head
        inner = "".join(rule.within(names) for rule in self.rules)
        return f"{self.head}{{{inner}}}" if inner else ""


class Styles:
    """The rules of every page. `always` are names that scripts make; `beside` is the text of style files of their own."""

    def __init__(self, css: str, *, always: Iterable[str] = (), beside: str = "") -> None:
        self._rules = tuple(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))
        self._always = frozenset(always)
        self._beside = frozenset(USED.findall(beside))
        self._made: dict[frozenset[str], str] = {}

    def of(self, html: str) -> str:
        """Give the styles for a page, as small as they go."""
        names = self._always.union(TAGS.findall(html), _classes(CLASSES.findall(html)))
        if names not in self._made:
            text = rcssmin.cssmin("".join(rule.within(names) for rule in self._rules))
            self._made[names] = _without_unused(str(text), self._beside)
        return self._made[names]


@lru_cache(maxsize=1)  # while pages are served, what was worked out before
def styles_of(css: str, always: frozenset[str], beside: str) -> Styles:
    """Give the styles of a text; the same where it is the same."""
    return Styles(css, always=always, beside=beside)


def made_by(script: str) -> Iterator[str]:
    """Give the names of the elements that a script makes, also as HTML, and of the classes that it puts on."""
    text = script.replace('\\"', '"')
    yield from MADE.findall(text)
    yield from TAGS.findall(text)
    yield from _classes(PUT_ON.findall(text))


def shortened(files: Sequence[str]) -> list[str]:
    """Give style files the shortest names for custom properties, the same in all.

    One that never changes gives way to its value, one that is the same as another wherever they are said to the other.
    """
    found = [COMMENT.sub("", text) for text in files]
    said = Counter(name for text in found for name, _ in SAID.findall(text))
    always = [block[1] for text in found for block in ROOT.finditer(text) if _is_outermost(text, block.start())]
    fixed = {name: value for block in always for name, value in SAID.findall(block) if said[name] == 1}
    found = [SAID.sub(lambda match: "" if match[1] in fixed else match[0], text) for text in found]
    for _ in fixed:  # a value may name another; usually two turns, and one that names itself ends too
        put = [READ.sub(lambda match: fixed.get(match[1], match[0]), text) for text in found]
        if put == found:
            break
        found = put
    same = _same(found)
    found = [SAID.sub(lambda match: "" if match[1] in same else match[0], text) for text in found]
    found = [PROPERTY.sub(lambda match: same.get(match[0], match[0]), text) for text in found]
    counted = Counter(itertools.chain.from_iterable(PROPERTY.findall(text) for text in found))
    short = dict(zip((name for name, _ in counted.most_common()), _names(), strict=False))
    return [PROPERTY.sub(lambda match: short[match[0]], text) for text in found]


def _is_outermost(text: str, place: int) -> bool:
    return text.count("{", 0, place) == text.count("}", 0, place)


def _same(files: Sequence[str]) -> dict[str, str]:
    """Custom properties that have the values of another in the same blocks, with the name of that other."""
    said: dict[str, list[tuple[int, str]]] = {}
    for place, block in enumerate(BLOCK.findall("".join(files))):
        for name, value in SAID.findall(block):
            said.setdefault(name, []).append((place, value))
    first: dict[tuple[tuple[int, str], ...], str] = {}
    found = {name: first.setdefault(tuple(values), name) for name, values in said.items()}
    return {name: other for name, other in found.items() if name != other}


def _classes(values: Iterable[str]) -> Iterator[str]:
    return (f".{name}" for value in values for name in value.split())


def _names() -> Iterator[str]:
    for length in itertools.count(1):
        for letters in itertools.product(string.ascii_letters, repeat=length):
            yield "--" + "".join(letters)


def _rules(nodes: Iterable[Any]) -> Iterator[Rule | Group]:
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = tuple((tinycss2.serialize(part).strip(), _needs(part)) for part in _parts(node.prelude))
            yield Rule(selectors, tinycss2.serialize(node.content))
        elif node.type == "at-rule" and node.lower_at_keyword in NESTED:
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield Group(f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}", tuple(_rules(inner)))
        elif node.type == "at-rule":
            yield Group(tinycss2.serialize([node]))
        else:
            raise ValueError(f"line {node.source_line} of the styles: {node.type}")


def _parts(tokens: Iterable[Any]) -> Iterator[list[Any]]:
    """Cut a list of selectors at its commas."""
    part: list[Any] = []
    for token in tokens:
        if token == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _needs(tokens: Sequence[Any]) -> frozenset[frozenset[str]]:
    """The sets of names of which one must be there: `:is(.a, ol) .c` needs .a and .c, or ol and .c."""
    idents = [(before, one.value) for before, one in itertools.pairwise((None, *tokens)) if one.type == "ident"]
    found = [frozenset(f".{name}" if before == "." else name for before, name in idents if before != ":")]
    for token in tokens:
        if token.type == "function" and token.lower_name in ("is", "where", "has"):
            choices = frozenset().union(*(_needs(part) for part in _parts(token.arguments)))
            found = [one | choice for one in found for choice in choices]
    return frozenset(found)


def _without_unused(css: str, beside: frozenset[str]) -> str:
    """Leave out custom properties that nothing uses, nor another that is used."""
    used = beside | set(USED.findall(DEFINED.sub("", css)))
    values: dict[str, set[str]] = {}
    for name, value in DEFINED.findall(css):
        values.setdefault(name, set()).update(USED.findall(value))
    while more := {inner for name in used for inner in values.get(name, ())} - used:
        used |= more
    return DEFINED.sub(lambda match: match[0] if match[1] in used else "", css)
