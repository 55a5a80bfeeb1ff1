"""Which pages have a sheet of paper, and what of the page stands on it."""

from __future__ import annotations

from dataclasses import dataclass

from pe.complaint import Complaint
from pe.page import HELP, KEY_POINTS, MAY_HELP, PEM_FIRST, STEPS, Page


@dataclass(frozen=True)
class Recipe:
    """What a sheet takes from its page, after key points and danger signs, which come first on each of them.

    `needs`: sections without which no sheet is made. `before`, `whole`: sections that go in as they are, above and
    below the table.
    `rows`: how many table rows at most; `two_rows`: the same on a sheet in two languages.
    """

    needs: tuple[str, ...] = (KEY_POINTS, HELP)
    before: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    rows: int = 8
    two_rows: int = 5


TOPIC = Recipe(needs=(KEY_POINTS, HELP, MAY_HELP, PEM_FIRST, STEPS), whole=(STEPS,))
OTHERS = {
    "treatments": Recipe(needs=(KEY_POINTS, HELP, PEM_FIRST)),
    "supplements": Recipe(before=("checklist",)),
    "activity-and-pem": Recipe(needs=(KEY_POINTS, HELP, PEM_FIRST), whole=("save-energy", "diary", "both")),
    "get-help": Recipe(needs=(HELP,), whole=("crisis", "numbers", "what-to-say", "known-words"), rows=0),
    "talk-to-your-doctor": Recipe(whole=("questions", "diary"), rows=0),
}
TICKED = ("questions", "checklist")  # their items get a box to tick
PHONES = ("crisis", "numbers")  # to them the build adds the lines of help.yml, as on the page


def recipe_of(page: Page) -> Recipe | None:
    """Give the recipe of a page's sheet; nothing where the page has none, or is not translated yet."""
    if page.stub:
        return None
    return TOPIC if page.kind == "topic" else OTHERS.get(page.name)


def is_two_fold(page: Page) -> bool:
    """Whether the page also has sheets in two languages side by side: topic pages do."""
    return page.kind == "topic"


def missing(page: Page, recipe: Recipe) -> list[Complaint]:
    """Complain of each section that the sheet of a page needs and the page has not."""
    return [
        page.complain(
            1,
            "handout-section",
            f"found no section `{{ #{one} }}`, which the sheet of paper for this page needs. Write it.",
        )
        for one in dict.fromkeys((*recipe.needs, *recipe.before, *recipe.whole))
        if one not in page.ids
    ]
