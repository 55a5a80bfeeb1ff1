"""The inside of a line: words without markup, footnote marks, links; and where one sentence ends."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

NOTE = re.compile(r"\[\^([^\]\s]+)\]")
TARGET = r"\(\s*<?((?:[^()\s<>]|\([^()\s]*\))*)>?(?:\s+\"[^\"]*\")?\s*\)"
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]^][^\[\]]*\])*)\]" + TARGET)
BY_NAME = re.compile(r"\[[^\[\]^]+\]\[[^\[\]^]*\]")
OPEN = re.compile(r"\]\(|\[\^[^\]]*$")
# A footnote comes first: what stands in it is its name, as the build reads it.
EMPHASIS = re.compile(rf"({NOTE.pattern})|(?<!\\)(?:\*{{1,3}}|`)|(?<![\w\\])_{{1,2}}(?=\S)|(?<=[^\s\\])_{{1,2}}(?!\w)")
ESCAPE = re.compile(rf"({NOTE.pattern})|\\([\\`*_{{}}\[\]()#+\-.!|<>])")
STOP = re.compile(r"[.!?…][\"”»’)]*((?:\[\^[^\]\s]+\])*)\s+(?=[\"“”«»(‘]*[^\W_a-z])")
ENDS = re.compile(r"[.!?…:;][\"”»’)]*$")


@dataclass(frozen=True, slots=True)
class InlineLink:
    """A link or picture in a line."""

    text: str
    target: str
    image: bool


class Inline:
    """A line taken apart.

    `marked` has no markup but footnote marks; `plain` not even those. `faults` are texts for complaints.
    """

    __slots__ = ("faults", "links", "marked", "misplaced", "notes", "plain", "where")

    def __init__(self, text: str) -> None:
        """Take apart one line of Markdown, without its block mark (`-`, `1.`, `#`)."""
        self.links: list[InlineLink] = []
        self.faults: list[str] = []
        if "](" in text or "][" in text:
            text = LINK.sub(self._link, text)
            self._look_for_open_links(text)
        self.marked = _bare(text)
        self.notes: tuple[str, ...] = _notes(self.marked) if "[^" in self.marked else ()
        self.plain = _tidy(NOTE.sub("", self.marked)) if self.notes else self.marked
        self.misplaced, self.where = _misplaced(self.marked) if self.notes else ("", "")

    @property
    def ends_sentence(self) -> bool:
        """Whether the line ends as a sentence does."""
        return bool(ENDS.search(self.plain))

    def _link(self, match: re.Match[str]) -> str:
        text = _bare(match[2])
        self.links.append(InlineLink(text, match[3], bool(match[1])))
        return "" if match[1] else match[2]

    def _look_for_open_links(self, text: str) -> None:
        if OPEN.search(text):
            self.faults.append("found a link that is not closed. Write [words](page.md#id), without blanks.")
        elif BY_NAME.search(text):
            self.faults.append("found a link by name, expected its address. Write [words](page.md#id).")


def unmarked(text: str) -> str:
    """A text without marks of emphasis and escapes; its footnotes stay as they are."""
    if "*" in text or "`" in text or "_" in text:
        text = EMPHASIS.sub(lambda found: found[1] or "", text)
    if "\\" in text:
        text = ESCAPE.sub(lambda found: found[1] or found[3], text)
    return text


def _bare(text: str) -> str:
    return _tidy(unmarked(text))


def _tidy(text: str) -> str:
    """A text with single blanks only."""
    return " ".join(text.split())


def _notes(marked: str) -> tuple[str, ...]:
    """The ids of the footnotes; a large site has each many times."""
    return tuple(map(sys.intern, NOTE.findall(marked)))


def _misplaced(marked: str) -> tuple[str, str]:
    """The first footnote that does not follow its full stop, and where it stands; empty texts where all do."""
    for note in NOTE.finditer(marked):
        before, after = marked[: note.start()], marked[note.end() :]
        if not before and after.startswith(":"):
            return "", ""  # a footnote's text, which is refused as such
        if before.endswith(" "):
            return note[1], "after a blank"
        if after[:1] in tuple(".,;:!?…") or (after[:1] == " " and after[1:2].islower()):
            return note[1], "inside the sentence"
    return "", ""


def stops(marked: str, abbreviations: frozenset[str]) -> Iterator[int]:
    """Where the sentences of a line end, the last one left out.

    In: a line without markup but footnote marks; abbreviations in small letters with full stop (`t.ex.`). Out: places in
    the line, each behind the footnotes and blanks that follow a sentence.
    """
    start = 0
    for stop in STOP.finditer(marked):
        word = NOTE.sub("", marked[start : stop.end()]).split()[-1].lower().lstrip('(“«"')
        if word not in abbreviations:
            start = stop.end()
            yield start


def sentences(inline: Inline, abbreviations: frozenset[str]) -> list[tuple[str, tuple[str, ...]]]:
    """The sentences of a line, each with the footnotes that follow it.

    In: the line; abbreviations, as for `stops`. Out: (text, footnote ids) in order.
    """
    if not inline.plain and not inline.notes:
        return []
    found: list[tuple[str, tuple[str, ...]]] = []
    start = 0
    for end in stops(inline.marked, abbreviations):
        found.append(_sentence(inline.marked[start:end]))
        start = end
    if not start:
        return [(inline.plain, inline.notes)]
    if start < len(inline.marked):
        found.append(_sentence(inline.marked[start:]))
    return found


def _sentence(marked: str) -> tuple[str, tuple[str, ...]]:
    notes = _notes(marked)
    return _tidy(NOTE.sub("", marked)), notes
