"""The terms of the glossary page, for the sheet that explains a word in place."""

from __future__ import annotations

import re
from dataclasses import dataclass

ENTRY = re.compile(r"^### (?P<term>.+?) *\{ *#(?P<id>[\w-]+) *\}\n+(?P<text>.+?)(?=\n\n|\n#|\Z)", re.M | re.S)
MARKUP = re.compile(r"\[\^[\w-]+\]|\[(?P<words>[^\]]+)\]\([^)]*\)|\*+")


@dataclass(frozen=True)
class Term:
    """A word and its first paragraph of explanation, as plain text."""

    id: str
    term: str
    text: str


def terms(markdown: str) -> dict[str, Term]:
    """Read the terms of a glossary page (h3 headings with ids), by id."""
    found = (
        Term(
            entry["id"],
            entry["term"],
            " ".join(MARKUP.sub(lambda m: m["words"] or "", entry["text"]).split()),
        )
        for entry in ENTRY.finditer(markdown)
    )
    return {term.id: term for term in found}
