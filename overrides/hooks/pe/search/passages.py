"""Pages cut into passages: a section, or a row of a table, each with the id of the heading that leads to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from pe.page import HELP, KEY_POINTS, PEM_FIRST, Page

HELP_PAGE = "get-help"
KINDS = {"topic": 1.0, "table": 1.0, "page": 0.9, "list": 0.5, "home": 0.45}  # how likely a page is what somebody looks for
SEARCH = "search"  # the kind of the search page itself, which is not searched
AGAIN = 0.4  # what stands on several pages in the same words, such as the PEM condition


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a page. `anchor` is the id of its heading, empty for the page as a whole; `row` counts rows below it.

    `above` is the section's heading where `heading` is the head of a row. `lines` are sentences, list items or cells.
    """

    anchor: str
    row: int
    heading: str
    above: str
    lines: tuple[str, ...]
    weight: float


def cut(page: Page, numbers: tuple[str, ...] = ()) -> Iterator[Passage]:
    """The passages of a page, itself first. `numbers` are the lines that the build writes below #numbers."""
    weight = KINDS.get(page.kind, 0.6)
    heads = {table.header.line for table in page.tables}
    items = {item.line: item.text for one in page.lists for item in one.items}
    for section in page.sections:
        if section.chapter == HELP and page.name != HELP_PAGE:
            continue
        lines: list[tuple[int, str]] = []
        rows: list[tuple[str, ...]] = []
        for unit in section.units:
            if unit.kind == "row":
                if unit.place.line not in heads and any(unit.cells):
                    rows.append(unit.cells)
            elif unit.kind != "item" or unit.place.line in items:  # a list item counts whole, with all its sentences
                text = items.get(unit.place.line, unit.text) if unit.kind == "item" else unit.text
                if (unit.place.line, text) not in lines:
                    lines.append((unit.place.line, text))
        texts = tuple(text for _, text in lines)
        if not section.id:
            about = (page.question, page.answer, page.description)
            texts = (*(one for one in about if one), *texts)
        if section.id == "numbers":
            texts += numbers
        again = AGAIN if section.id == PEM_FIRST else 1.2 if section.id == KEY_POINTS else 1.0
        title = section.heading.text if section.id else page.title
        yield Passage(section.id, 0, title, "", texts, weight * again)
        for number, cells in enumerate(rows, start=1):
            yield Passage(section.id, number, cells[0], title, tuple(one for one in cells[1:] if one), weight)


def key_line(page: Page) -> str:
    """The one-line answer of a page: its `answer`, else its first key point, else its description."""
    return page.answer or page.point or page.description
