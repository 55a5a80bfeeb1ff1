"""Rules that compare a page with its twin in the default language: same parts, other words."""

import difflib
from collections import Counter
from collections.abc import Iterator

from ..complaint import Complaint
from ..page import HELP, Page
from ..parts import Heading, Row, Section
from .reading import Reading


def pages_are_complete(reading: Reading) -> Iterator[Complaint]:
    """Every page exists in every language."""
    names = {name for pages in reading.pages.values() for name in pages}
    for language, pages in reading.pages.items():
        if not pages:
            path = reading.project.shown(reading.project.docs / language)
            default = reading.project.default
            what = f"`{language}` has no pages yet. Run ./dev stubs {language}: they are then shown in {default}."
            yield Complaint(path, 1, "page-missing", what)
            continue
        for name in sorted(names - set(pages)):
            there = next(other[name].path for other in reading.pages.values() if name in other)
            path = reading.project.shown(reading.project.page_path(language, name))
            what = f"the page is missing: found {there}, expected its twin. Translate it, or remove it everywhere."
            yield Complaint(path, 1, "page-missing", what)


NEEDED = {"index": "", "get-help": HELP, "sources": "", "about": "report"}  # every page leads to them, and to these sections


def needed_pages_are_there(reading: Reading) -> Iterator[Complaint]:
    """The pages and sections that every page leads to."""
    for name, section in NEEDED.items() if reading.originals else ():
        page = reading.originals.get(name)
        if page is None and not any(name in pages for pages in reading.pages.values()):
            path = reading.project.shown(reading.project.page_path(reading.project.default, name))
            what = "the page is missing, and every page leads to it. Write it, or put it back."
            yield Complaint(path, 1, "page-missing", what)
        elif page and not page.lost and section and section not in page.ids:
            what = f"the heading `{section}` is missing, and every page leads to it. Add it, or put it back."
            yield page.complain(page.first_line, "heading-needed", what)


def headings_are_equal(original: Page, twin: Page, _: Reading) -> Iterator[Complaint]:
    """The same heading ids, of the same level, in the same order; alphabetical pages may order them anew."""
    expected, found = list(original.ids), list(twin.ids)
    for identity in found:
        if identity in original.ids and twin.ids[identity].level != original.ids[identity].level:
            what = (
                f"`{identity}` has level {twin.ids[identity].level}, expected {original.ids[identity].level}"
                f" as in {_at(original, original.ids[identity])}. Change the number of #."
            )
            yield twin.complain(twin.ids[identity].line, "heading-level", what)
    missing = [one for one in expected if one not in twin.ids]
    extra = [one for one in found if one not in original.ids]
    yield from _swapped(original, twin, missing, extra)
    if not original.front.alphabetical:
        yield from _disordered(original, twin, [one for one in expected if one in twin.ids])


def _at(page: Page, heading: Heading) -> str:
    return f"{page.path}:{heading.line}"


def _swapped(original: Page, twin: Page, missing: list[str], extra: list[str]) -> Iterator[Complaint]:
    """Ids that only one language has; one that takes another's place counts as changed."""
    places = {one: at for at, one in enumerate(original.ids)}
    for identity in extra:
        at = list(twin.ids).index(identity)
        changed = next((one for one in missing if places[one] == at), None) or next(
            iter(difflib.get_close_matches(identity, missing, n=1)), None
        )
        heading = twin.ids[identity]
        if changed:
            missing.remove(changed)
            there = _at(original, original.ids[changed])
            what = f"found the id `{identity}`, expected `{changed}` as in {there}. Use the same id."
        else:
            what = f"the id `{identity}` is not in {original.path}. Remove the heading, or add it there too."
        yield twin.complain(heading.line, "heading-differs", what)
    for identity in missing:
        heading = original.ids[identity]
        what = f"the heading `{identity}` of {_at(original, heading)} is missing. Add it: “{heading.text}”."
        yield twin.complain(_line_before(twin, original, identity), "heading-differs", what)


def _line_before(twin: Page, original: Page, identity: str) -> int:
    """Line of the heading in `twin` after which `identity` should stand."""
    before = list(original.ids)[: list(original.ids).index(identity)]
    return next((twin.ids[one].line for one in reversed(before) if one in twin.ids), twin.first_line)


def _disordered(original: Page, twin: Page, expected: list[str]) -> Iterator[Complaint]:
    found = [one for one in twin.ids if one in original.ids]
    for tag, _, _, start, end in difflib.SequenceMatcher(None, expected, found, autojunk=False).get_opcodes():
        for identity in found[start:end] if tag in ("insert", "replace") else ():
            at = expected.index(identity)
            where = f"after `{expected[at - 1]}`" if at else "first"
            what = f"`{identity}` is out of order: expected {where}, as in {original.path}. Move the section."
            yield twin.complain(twin.ids[identity].line, "heading-order", what)


def _pairs(original: Page, twin: Page) -> Iterator[tuple[Section, Section]]:
    theirs = {one.id: one for one in original.sections}
    for section in twin.sections:
        if section.id in theirs:
            yield theirs.pop(section.id), section


def footnotes_are_equal(original: Page, twin: Page, reading: Reading) -> Iterator[Complaint]:
    """Each section cites the same footnotes in the same order; rows are compared as tables."""
    known = reading.footnotes(twin.name)
    for theirs, section in _pairs(original, twin):
        expected, found = _prose_notes(original, theirs), _prose_notes(twin, section)
        yield from _notes_differ(original, twin, expected, found, section.heading.line, known)


def _prose_notes(page: Page, section: Section) -> list[tuple[str, int]]:
    return [(one.id, one.place.line) for one in section.footnotes if page.units[one.unit].kind != "row"]


def _notes_differ(
    original: Page,
    twin: Page,
    expected: list[tuple[str, int]],
    found: list[tuple[str, int]],
    line: int,
    known: dict[str, str],
) -> Iterator[Complaint]:
    ours, theirs = [one for one, _ in found], [one for one, _ in expected]
    if ours == theirs:
        return
    missing, extra = Counter(theirs) - Counter(ours), Counter(ours) - Counter(theirs)
    if len(ours) == len(theirs):
        for wanted, have in zip(theirs, ours, strict=True):
            if wanted != have and (have not in known or wanted not in known):  # already told as unknown
                missing[wanted] -= 1
                extra[have] -= 1
    for identity in missing:
        if missing[identity] > 0:
            there = next(at for one, at in expected if one == identity)
            what = f"`[^{identity}]` is cited in {original.path}:{there}, but not here. Cite it after the same sentence."
            yield twin.complain(line, "footnote-differs", what)
    for identity in extra:
        if extra[identity] > 0:
            at = [number for one, number in found if one == identity][-1]
            what = f"`[^{identity}]` is cited here, but not in this section of {original.path}. Cite it in both or none."
            yield twin.complain(at, "footnote-differs", what)
    if Counter(ours) == Counter(theirs):
        for (have, at), wanted in zip(found, theirs, strict=True):
            if have != wanted:
                what = f"found `[^{have}]`, expected `[^{wanted}]` here: the order of {original.path}. Move it."
                yield twin.complain(at, "footnote-order", what)
                return


def tables_are_equal(original: Page, twin: Page, reading: Reading) -> Iterator[Complaint]:
    """Each section has the same tables: rows, columns, and footnotes row by row."""
    known = reading.footnotes(twin.name)
    for theirs, section in _pairs(original, twin):
        expected = [one for one in original.tables if one.place.section == theirs.id]
        found = [one for one in twin.tables if one.place.section == section.id]
        if len(expected) != len(found):
            what = f"found {len(found)} tables, expected {len(expected)} as in {_at(original, theirs.heading)}. Write the same."
            yield twin.complain(section.heading.line, "table-differs", what)
            continue
        for one, other in zip(expected, found, strict=True):
            if len(one.header.cells) != len(other.header.cells):
                counts = f"found {len(other.header.cells)} columns, expected {len(one.header.cells)}"
                what = f"{counts} as in {original.path}:{one.place.line}. Write the same columns."
                yield twin.complain(other.place.line, "table-differs", what)
            if len(one.rows) != len(other.rows):
                counts = f"found {len(other.rows)} rows, expected {len(one.rows)}"
                what = f"{counts} as in {original.path}:{one.place.line}.{_lost(one.rows, other.rows)}"
                yield twin.complain(other.place.line, "table-differs", what)
                continue
            moved = _moved(one.rows, other.rows)
            if moved:
                what = f"the rows stand in another order than in {original.path}:{one.place.line}. Use that order."
                yield twin.complain(moved.line, "table-differs", what)
                continue
            for row, mine in zip((one.header, *one.rows), (other.header, *other.rows), strict=True):
                wanted = [(note, row.line) for note in row.notes]
                have = [(note, mine.line) for note in mine.notes]
                yield from _notes_differ(original, twin, wanted, have, mine.line, known)


def _moved(expected: tuple[Row, ...], found: tuple[Row, ...]) -> Row | None:
    """The first row that stands elsewhere, where the rows are the same by their footnotes."""
    there, here = [row.notes for row in expected], [row.notes for row in found]
    if sorted(there) != sorted(here):
        return None
    return next((row for row, notes in zip(found, there, strict=True) if row.notes != notes), None)


def _lost(expected: tuple[Row, ...], found: tuple[Row, ...]) -> str:
    there, here = ({note for row in rows for note in row.notes} for rows in (expected, found))
    names = [f"`[^{one}]`" for one in sorted(there ^ here)][:3]
    return f" Look at the rows with {', '.join(names)}." if names else " Write the same rows."


def lists_are_equal(original: Page, twin: Page, _: Reading) -> Iterator[Complaint]:
    """Each section has the same number of list items."""
    for theirs, section in _pairs(original, twin):
        expected, found = (
            sum(len(one.items) for one in page.lists if one.place.section == theirs.id) for page in (original, twin)
        )
        if expected != found:
            there = _at(original, theirs.heading)
            what = f"found {found} list items, expected {expected} as in {there}. Write the same items."
            yield twin.complain(section.heading.line, "list-differs", what)


def links_are_equal(original: Page, twin: Page, _: Reading) -> Iterator[Complaint]:
    """Each h2 section leads to the same pages of this site."""
    for chapter in ("", *(one.id for one in original.chapters if one.id in twin.ids)):
        theirs, ours = ({one.target: one for one in page.links if one.place.chapter == chapter} for page in (original, twin))
        for target in [one for one in theirs if ".md" in one and one not in ours]:
            there = f"{original.path}:{theirs[target].place.line}"
            what = f"the link `{target}` of {there} is missing in this section. Add it."
            line = twin.ids[chapter].line if chapter else twin.first_line
            yield twin.complain(line, "link-differs", what)
        for target in [one for one in ours if ".md" in one and one not in theirs]:
            what = f"the link `{target}` is not in this section of {original.path}. Link in both or none."
            yield twin.complain(ours[target].place.line, "link-differs", what)


def pictures_are_equal(original: Page, twin: Page, _: Reading) -> Iterator[Complaint]:
    """Each section has the same pictures in the same order."""
    for theirs, section in _pairs(original, twin):
        expected = [one.target for one in original.images if one.place.section == theirs.id]
        found = [one.target for one in twin.images if one.place.section == section.id]
        if expected != found:
            what = (
                f"found the pictures: {', '.join(found) or 'none'}, expected: {', '.join(expected) or 'none'}"
                f" as in {_at(original, theirs.heading)}. Use the same."
            )
            yield twin.complain(section.heading.line, "image-differs", what)


def front_matter_is_equal(original: Page, twin: Page, _: Reading) -> Iterator[Complaint]:
    """Kind and order of a page are the same in all languages."""
    if not twin.front.raw or not original.front.raw:
        return
    for key in ("kind", "order"):
        expected, found = (page.front.raw.get(key, "") for page in (original, twin))
        if expected != found:
            what = f"`{key}` is `{found}`, expected `{expected}` as in {original.path}. Write the same."
            yield twin.complain(twin.front.raw.line_of(key), "front-differs", what)


TWIN_RULES = (front_matter_is_equal,)
SECTION_RULES = (
    headings_are_equal,
    footnotes_are_equal,
    tables_are_equal,
    lists_are_equal,
    links_are_equal,
    pictures_are_equal,
)
SITE_RULES = (pages_are_complete, needed_pages_are_there)
