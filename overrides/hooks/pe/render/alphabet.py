"""Titles in the order of a language's alphabet."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Protocol, TypeVar

from pe.search.text import fold


class Titled(Protocol):
    """Anything with a title."""

    @property
    def title(self) -> str:
        """The title."""


T = TypeVar("T", bound=Titled)


def by_letter(entries: Iterable[T], letters: str) -> list[tuple[str, list[T]]]:
    """Sort entries by title and group them by first letter, as a capital.

    `letters` is the alphabet in its order; a letter that is not in it counts as the one below its accent.
    """
    ordered = sorted(entries, key=lambda one: _key(one.title, letters))
    return [(letter, list(found)) for letter, found in groupby(ordered, key=lambda one: _first(one.title, letters))]


def _key(title: str, letters: str) -> tuple[int, ...]:
    return tuple(letters.find(one) if one in letters else -1 for one in _spelt(title, letters))


def _first(title: str, letters: str) -> str:
    return next((one for one in _spelt(title, letters) if one in letters), "#").upper()


def _spelt(title: str, letters: str) -> str:
    return "".join(one if one in letters else fold(one) for one in title.lower())
