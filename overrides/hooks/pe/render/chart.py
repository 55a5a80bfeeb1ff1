"""What was tested and how sure we are, treatment by treatment: read from the tables of the pages and from the ledger.

The bars show how sure a finding is, never how well something works; what was found is said in words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pe import blocks
from pe.inline import NOTE, Inline, sentences
from pe.ledger import CERTAINTIES, Claim
from pe.page import Page
from pe.parts import Table
from pe.render import notes
from pe.render.frame import Frame

ILLNESSES = ("fibromyalgia", "me-cfs", "both", "general")
ONLY_NOTES = re.compile(rf"(?:{NOTE.pattern}\s*)+")


@dataclass(frozen=True)
class Finding:
    """A claim as a bar: how many of its four parts are filled, and the key of its words."""

    bars: int
    words: str


@dataclass(frozen=True)
class Tested:
    """A row: what was tested, where the page says more, and what studies found.

    `condition` is what the row of the table says of ME/CFS or PEM (HTML-free); `activity`: it means to move.
    """

    label: str
    link: str
    illness: str
    activity: bool
    condition: str
    findings: tuple[Finding, ...]


def rows(frame: Frame) -> Iterator[Tested]:
    """Give a row for each line of the tables that cites an effect; a claim is counted where it stands first."""
    claims, shown = frame.site.ledger.claims, set[str]()
    for name in frame.site.order:
        page = frame.site.pages[frame.locale][name]
        for table in page.tables if page.kind == "table" else ():
            for label, ids, condition in _cited(page, table, claims):
                new = [claims[one] for one in ids if one in claims and claims[one].kind == "effect" and one not in shown]
                shown.update(one.id for one in new)
                if new:
                    link = frame.place(name, table.place.section).link
                    found = tuple(dict.fromkeys(map(_finding, new)))
                    yield Tested(label, link, new[0].about, any(one.activity for one in new), condition, found)


def _cited(page: Page, table: Table, claims: Mapping[str, Claim]) -> Iterator[tuple[str, list[str], str]]:
    """The row headers of a table, with the footnotes of the column that holds nothing else, and the condition of the row."""
    lines = page.text.split("\n")
    cells = [blocks.cells(lines[row.line - page.first_line]) for row in table.rows]
    columns = [at for at in range(1, len(table.header.cells)) if all(ONLY_NOTES.fullmatch(row[at]) for row in cells)]
    for row, raw in zip(table.rows, cells, strict=True):
        said = [piece for cell in raw for piece in sentences(Inline(cell), page.abbreviations)]
        condition = " ".join(text for text, ids in said if any(one in claims and claims[one].pem for one in ids))
        yield row.cells[0], [note for at in columns for note in NOTE.findall(raw[at])], condition


def _finding(claim: Claim) -> Finding:
    grade = claim.certainty.replace(" ", "_")
    return Finding(notes.bars(claim.certainty), f"chart.{claim.shows}_{grade}" if claim.shows else f"sure.{grade}")


def build(frame: Frame) -> dict[str, Any]:
    """Give the chart: its rows by illness, the surest first, and how many findings there are of each grade."""
    found = list(rows(frame))
    grades = Counter(finding.bars for row in found for finding in row.findings)
    groups = [
        (
            illness,
            sorted((row for row in found if row.illness == illness), key=lambda row: -max(one.bars for one in row.findings)),
        )
        for illness in ILLNESSES
    ]
    return {
        "groups": [(illness, tested) for illness, tested in groups if tested],
        "counts": {grade.replace(" ", "_"): grades[notes.bars(grade)] for grade in CERTAINTIES},
        "total": sum(grades.values()),
    }
