"""One fault in the content: where it stands, which rule it breaks, what to do about it."""

import difflib
import os
from collections.abc import Iterable
from dataclasses import dataclass


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
        return f"{self.path}:{self.line}  {self.rule}  {self.text}"

    @property
    def annotation(self) -> str:
        """The same complaint as a GitHub Actions annotation on the diff."""
        text = self.text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        return f"::error file={self.path},line={self.line},title={self.rule}::{text}"


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
