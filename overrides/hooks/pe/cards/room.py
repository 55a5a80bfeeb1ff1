"""Room on a card: which sizes of letters let the words fit, and what to say where none does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

ASSETS = Path(__file__).resolve().parents[3] / "assets"
WIDTH, HEIGHT = 1200, 630  # what Facebook, WhatsApp, Signal, Slack and X show whole
EDGE = 76  # free on all sides; some programs round the corners off
COLUMN = WIDTH - 2 * EDGE
TOP, BOTTOM = 58, 466  # between them stand title and line; below lies the one who rests
GAP = 26
TITLE_SIZES, LINE_SIZES = (88, 76, 66, 58), (42, 38, 34)  # 34 of 1200 can still be read on a phone
TITLE_LEADING, LINE_LEADING = 1.12, 1.32
TITLE_LINES, LINE_LINES = 3, 5  # at most: more nobody reads on a card
REGULAR, BOLD = "400", "700"
UNKNOWN = "\uffff"  # no character, so that the font shows its sign for what it lacks


@dataclass(frozen=True, slots=True)
class Lines:
    """Words cut into lines, the size of their letters, and the height of a line."""

    lines: tuple[str, ...]
    size: int
    leading: float

    @property
    def height(self) -> float:
        """Height of all lines together."""
        return len(self.lines) * self.leading


@dataclass(frozen=True, slots=True)
class Fit:
    """How title and line of a card stand."""

    title: Lines
    line: Lines


@cache
def font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    """Load the site's own letters in a size. Raises OSError where the file is missing."""
    return ImageFont.truetype(str(ASSETS / "fonts" / f"atkinson-hyperlegible-{weight}.woff2"), size)


@cache
def width(text: str, weight: str, size: int) -> float:
    """Measure how wide a text is, in pixels."""
    return font(weight, size).getlength(text)


def fit(title: str, line: str) -> Fit | None:
    """Find the largest letters with which title and line fit; None where none do."""
    for one in _cuts(title, BOLD, TITLE_SIZES, TITLE_LEADING):
        for other in _cuts(line, REGULAR, LINE_SIZES, LINE_LEADING):
            few = len(one.lines) <= TITLE_LINES and len(other.lines) <= LINE_LINES
            if few and one.height + GAP + other.height <= BOTTOM - TOP:
                return Fit(one, other)
    return None


def why_not(title: str, line: str) -> str:
    """Say what keeps title and line from fitting, and what to do; empty where they fit."""
    for name, text, weight, size in (("title", title, BOLD, TITLE_SIZES[-1]), ("line", line, REGULAR, LINE_SIZES[-1])):
        if lacking := lacking_letters(text, weight):
            return f"the letters of the card have no {', '.join(map(_shown, lacking))} ({name}). Write other signs."
        for word in text.split():
            if width(word, weight, size) > COLUMN:
                short = word if len(word) < 40 else word[:30] + "…"
                return f"the word `{short}` ({name}) is wider than the card at its smallest letters. Cut it with a hyphen."
    if fit(title, line) is None:
        return (
            f"title ({len(title)} characters) and line ({len(line)} characters) do not fit on the card together."
            f" Shorten the title, or “{_short(line)}”."
        )
    return ""


def _shown(letter: str) -> str:
    return f"`{letter}`" if letter.isprintable() else f"U+{ord(letter):04X}"


def _short(line: str) -> str:
    words = " ".join(line.split())
    return words if len(words) < 60 else words[:50] + "…"


def lacking_letters(text: str, weight: str) -> list[str]:
    """List the letters that the font does not have, each once, in order."""
    return [one for one in dict.fromkeys(text) if not one.isspace() and not _has(one, weight)]


@cache
def _has(letter: str, weight: str) -> bool:
    letters = font(weight, LINE_SIZES[-1])
    return bytes(letters.getmask(letter)) != bytes(letters.getmask(UNKNOWN))


def _cuts(text: str, weight: str, sizes: tuple[int, ...], leading: float) -> Iterator[Lines]:
    for size in sizes:
        lines = _lines(text.split(), weight, size)
        if lines:
            yield Lines(lines, size, size * leading)


def _lines(words: list[str], weight: str, size: int) -> tuple[str, ...]:
    """Fill lines word by word; nothing where a word is wider than a line."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, weight, size) <= COLUMN:
            lines[-1] = longer
        elif width(word, weight, size) <= COLUMN:
            lines.append(word)
        else:
            return ()
    return tuple(lines)
