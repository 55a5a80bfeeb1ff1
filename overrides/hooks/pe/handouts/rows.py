"""Which rows of a page's tables stand on paper, and what else must stand beside them.

The rule. From each table of the page in turn the row that we are most sure of, then the next, until the number is reached;
where we are equally sure, the one that stands first. A row that nobody has studied, or of which we do not know, is left out.
So every kind of help is there, what is known not to help as well, and the order of no language and no printer decides.
The sheet says how many rows the page has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pe.handouts.text import Row, Runs, Section, Table, notes, sentences
from pe.ledger import CERTAINTIES, Ledger

SURE_ENOUGH = ("high", "moderate", "low")


@dataclass(frozen=True)
class Chosen:
    """A table and those of its rows that stand on paper. `columns`: the numbers of what, finding, how sure, care."""

    section: Section
    table: Table
    rows: tuple[Row, ...]
    columns: tuple[int, int, int, int]


def choose(page: list[Section], ledger: Ledger, limit: int) -> tuple[list[Chosen], int]:
    """Choose by the rule above. Out: tables in the order of the page, and how many rows the page has in all."""
    tables = [(section, table, found) for section in page for table in section.tables if (found := _columns(table))]
    ranked: list[tuple[int, int, int, int]] = []  # turn, grade is in the order already, table, row
    for place, (_, table, (_, sure, _)) in enumerate(tables):
        graded = [(_grade(row.cells[sure], ledger), number) for number, row in enumerate(table.rows)]
        fit = sorted(one for one in graded if one[0] < len(SURE_ENOUGH))
        ranked += [(turn, grade, place, number) for turn, (grade, number) in enumerate(fit)]
    kept = {(place, number) for _, _, place, number in sorted(ranked)[:limit]}
    chosen = [
        Chosen(section, table, rows, (0, *columns))
        for place, (section, table, columns) in enumerate(tables)
        if (rows := tuple(row for number, row in enumerate(table.rows) if (place, number) in kept))
    ]
    return chosen, sum(len(table.rows) for _, table, _ in tables)


def _columns(table: Table) -> tuple[int, int, int] | None:
    """Find the columns: how sure is the one that holds marks alone; finding and care are the first two of the others.

    None for a table that is no such list: without rows, marks or two other columns, or to be filled in by hand.
    """
    numbers = range(1, len(table.header.cells))
    sure = next((number for number in numbers if table.rows and all(_is_mark(row, number) for row in table.rows)), None)
    others = [number for number in numbers if number != sure]
    return (others[0], sure, others[1]) if sure and len(others) > 1 else None


def _is_mark(row: Row, number: int) -> bool:
    return bool(row.cells[number]) and all(run.note for run in row.cells[number])


def _grade(marks: Runs, ledger: Ledger) -> int:
    """The least sure of the marks in a cell."""
    grades = [CERTAINTIES.index(ledger.claims[one].certainty) for one in notes(marks) if one in ledger.claims]
    return max(grades, default=len(CERTAINTIES))


def cautions(
    cited: Iterable[str], there: Iterable[str], page: list[Section], ledger: Ledger, abbreviations: frozenset[str]
) -> list[Runs]:
    """Give the sentences of the page that say the cautions which claims ask for and which are not there yet.

    In: the claims cited, those that stand on the sheet, the page, the ledger, abbreviations that end no sentence.
    Out: sentences in the order of the page, each once.
    """
    wanted = {caution for one in cited if one in ledger.claims for caution in ledger.claims[one].caution} - set(there)
    found: list[Runs] = []
    for sentence in _all_sentences(page, abbreviations):
        if wanted & set(notes(sentence)):
            wanted -= set(notes(sentence))
            found.append(sentence)
    return found


def _all_sentences(page: list[Section], abbreviations: frozenset[str]) -> Iterable[Runs]:
    for section in page:
        for part in section.parts:
            lines = [cell for row in part.rows for cell in row.cells] if isinstance(part, Table) else part.entries
            for line in lines:
                yield from sentences(line, abbreviations)
