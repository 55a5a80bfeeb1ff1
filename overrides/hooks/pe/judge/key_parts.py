"""Rules about the parts for hurried readers: key points and the two-minute version."""

from collections.abc import Iterator

from ..complaint import Complaint
from ..page import KEY_POINTS, TWO_MINUTES, WORD, Page
from .reading import Reading

POINTS, POINT_WORDS = 5, 75
SHORT, LONG = 180, 320


def key_points_are_few(page: Page, _: Reading) -> Iterator[Complaint]:
    """Key points: the first section, an ordered list, few and short."""
    heading = page.ids.get(KEY_POINTS)
    if heading is None:
        return
    if page.chapters and page.chapters[0].id != KEY_POINTS:
        what = f"`{KEY_POINTS}` is not the first section: found `{page.chapters[0].id}` before it. Move it up."
        yield page.complain(heading.line, "key-points", what)
    lists = [one for one in page.lists if one.place.chapter == KEY_POINTS]
    if len(lists) != 1 or not lists[0].ordered:
        what = "expected one numbered list and nothing else. Write the points as `1.`, `2.`, `3.`."
        yield page.complain(heading.line, "key-points", what)
        return
    points = [one for one in lists[0].items if one.depth == 0]
    if len(points) > POINTS:
        what = f"found {len(points)} points, expected {POINTS} at most. Move the rest into the page."
        yield page.complain(points[POINTS].line, "key-points", what)
    words = sum(len(WORD.findall(one.text)) for one in lists[0].items)
    if words > POINT_WORDS:
        what = f"found {words} words, expected about 60 and {POINT_WORDS} at most. Shorten the points."
        yield page.complain(heading.line, "key-points", what)


def two_minutes_are_two(page: Page, _: Reading) -> Iterator[Complaint]:
    """The two-minute version has about 250 words."""
    heading = page.ids.get(TWO_MINUTES)
    if heading is None:
        return
    words = sum(len(WORD.findall(one.text)) for one in page.units_in(TWO_MINUTES))
    if not SHORT <= words <= LONG:
        what = f"found {words} words, expected about 250 ({SHORT} to {LONG}). "
        yield page.complain(heading.line, "two-minutes", what + ("Add to it." if words < SHORT else "Shorten it."))


RULES = (key_points_are_few, two_minutes_are_two)
