"""Writes into references.yml on which day a reference's addresses last answered. Never a day on which nobody asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pe.weekly.links import ALIVE, Answer

ENTRY = re.compile(r"^([^\s#][^:\n]*):[ \t]*(?:#.*)?$", re.M)
SEEN = re.compile(r"^  seen:.*\n", re.M)
VERIFIED = re.compile(r"^  verified:.*\n", re.M)


def answering(answers: Iterable[Answer]) -> list[str]:
    """The references all of whose addresses answered, in order."""
    states: dict[str, set[str]] = {}
    for one in answers:
        if one.address.file == "references.yml":
            states.setdefault(one.address.entry, set()).add(one.state)
    return [entry for entry, found in states.items() if found == {ALIVE}]


def write(path: Path, entries: Iterable[str], day: date) -> int:
    """Set `seen` of these entries, and change nothing else in the file. Out: how many lines changed."""
    text = path.read_text("utf-8")
    wanted, starts = set(entries), list(ENTRY.finditer(text))
    pieces, changed = [text[: starts[0].start()] if starts else text], 0
    for number, start in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        block = text[start.start() : end]
        new = _dated(block, day) if start[1] in wanted else block
        changed += new != block
        pieces.append(new)
    path.write_text("".join(pieces), encoding="utf-8", newline="\n")
    return changed


def _dated(block: str, day: date) -> str:
    line = f"  seen: {day}\n"
    if SEEN.search(block):
        return SEEN.sub(line, block, count=1)
    return VERIFIED.sub(lambda found: found[0] + line, block, count=1)
