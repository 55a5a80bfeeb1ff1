"""One fault in the content: where it stands, which rule it breaks, what to do about it."""

import difflib
import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

MOST = 1000  # characters of a complaint; a file that is one long word must not fill the screen
TAIL = 300  # of these at its end, where it says what to do
BREAKS = re.compile(r"\s*[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*")


@dataclass(frozen=True, order=True, slots=True)
class Complaint:
    """A fault found in a file; complaints sort by path, then line.

    `text` says what is wrong (found, expected) and what to do, as sentences on one line.
    """

    path: str
    line: int
    rule: str
    text: str

    def __str__(self) -> str:
        """The complaint as one line."""
        return f"{shown(self.path)}:{self.line}  {self.rule}  {shown(self.text)}"

    @property
    def annotation(self) -> str:
        """The same complaint as a GitHub Actions annotation on the diff."""
        text = shown(self.text).replace("%", "%25")
        return f"::error file={shown(self.path)},line={self.line},title={self.rule}::{text}"


class Refused(Exception):
    """Why something cannot be made, where that shows only in the making. In: the complaints."""

    def __str__(self) -> str:
        """The complaints, one a line."""
        return report(self.args)


def shown(text: str) -> str:
    """A text as one line that a terminal shows as it is: without line breaks, hidden characters as \\uXXXX, not endless."""
    line = BREAKS.sub(" ", text).strip()
    if len(line) > MOST:
        line = f"{line[: MOST - TAIL]} … {line[-TAIL:]}"
    return line if line.isprintable() else "".join(one if _is_seen(one) else _named(one) for one in line)


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter)[0] != "C"


def _named(letter: str) -> str:
    return f"\\u{ord(letter):04x}"


def report(complaints: Iterable[Complaint], annotate: bool | None = None) -> str:
    """All complaints, sorted and without repeats, one a line.

    In: complaints in any order; `annotate` adds GitHub annotations (default: when GITHUB_ACTIONS is set).
    Out: text without a final line break; empty where nothing is wrong.
    """
    if annotate is None:
        annotate = bool(os.environ.get("GITHUB_ACTIONS"))
    found = sorted(set(complaints))
    lines = [str(one) for one in found]
    if annotate:
        lines += [one.annotation for one in found]
    return "\n".join(lines)


def near(word: str, known: Iterable[str]) -> str:
    """The sentence that suggests near misses of `word` among `known`; empty where nothing is near."""
    close = difflib.get_close_matches(word, list(known), n=2, cutoff=0.7)
    return f" Did you mean {' or '.join(f'`{one}`' for one in close)}?" if close else ""
