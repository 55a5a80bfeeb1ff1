"""Rules about danger: signs to act on, cautions, and the condition before any tip to do more."""

import re
from collections.abc import Iterable, Iterator

from ..complaint import Complaint
from ..page import HELP, HELP_STEPS, KEY_POINTS, MAY_HELP, PEM_FIRST, Page
from ..parts import Item
from .reading import Reading

TOPICS_WITH_SIGNS = ("back", "muscles")


def cautions_travel(page: Page, reading: Reading) -> Iterator[Complaint]:
    """A claim's caution stands on the same page."""
    for note, place in page.cited.items():
        claim = reading.ledger.claims.get(note)
        for caution in claim.caution if claim else ():
            if caution in reading.ledger.claims and caution not in page.cited:
                what = f"`{note}` is cited without its caution `{caution}`. Cite it on the same page."
                yield page.complain(place.line, "caution-missing", what)


def activity_has_condition(page: Page, reading: Reading) -> Iterator[Complaint]:
    """In each h2 section the PEM condition is cited before any tip to do more."""
    guarded: set[str] = set()
    reported: set[tuple[str, str]] = set()
    for one in page.citations:
        claim = reading.ledger.claims.get(one.id)
        chapter = one.place.chapter
        if claim and claim.pem:
            guarded.add(chapter)
        elif claim and claim.activity and chapter not in guarded and (chapter, one.id) not in reported:
            reported.add((chapter, one.id))
            conditions = ", ".join(f"`{other.id}`" for other in reading.ledger.claims.values() if other.pem)
            what = (
                f"`{one.id}` tells the reader to do more, but no PEM condition stands before it in"
                f" `{chapter or 'the opening'}`. Cite one of these first: {conditions or 'none is written'}."
            )
            yield page.complain(one.place.line, "pem-missing", what)


def danger_box_is_there(page: Page, reading: Reading) -> Iterator[Complaint]:
    """A page that speaks of back or muscles carries every danger sign of that subject in its box."""
    claims = reading.ledger.claims
    first: dict[str, tuple[str, int]] = {}
    for note, place in page.cited.items():
        claim = claims.get(note)
        if claim and claim.kind not in ("danger", "caution") and claim.topic in TOPICS_WITH_SIGNS:
            first.setdefault(claim.topic, (note, place.line))
    boxed = {note for unit in page.units_in(HELP) for note in unit.notes}
    for topic, (note, line) in first.items():
        signs = [claim.id for claim in claims.values() if claim.kind == "danger" and claim.topic == topic]
        missing = [sign for sign in signs if sign not in boxed]
        if missing and HELP not in page.ids:
            what = f"`{note}` is about {topic}, but the page has no `## ... {{ #{HELP} }}`. Add the box after the key points."
            yield page.complain(line, "danger-box", what)
        elif missing:
            names = ", ".join(f"`{one}`" for one in missing)
            what = f"`{note}` is about {topic}, but the box lacks {names}. Add a bullet for each."
            yield page.complain(page.ids[HELP].line, "danger-box", what)


def danger_box_has_form(page: Page, reading: Reading) -> Iterator[Complaint]:
    """The box follows the key points: a note, then now, soon, doctor, each a list of signs."""
    heading = page.ids.get(HELP)
    if heading is None:
        return
    order = [one.id for one in page.chapters]
    if KEY_POINTS in order and HELP in order and order.index(HELP) != order.index(KEY_POINTS) + 1:
        what = f"`{HELP}` does not stand directly after `{KEY_POINTS}`. Move it there."
        yield page.complain(heading.line, "danger-box", what)
    inside = [one for one in page.sections if one.chapter == HELP]
    steps = [one.id for one in inside if one.heading.level == 3]
    for step in HELP_STEPS:
        if step not in steps:
            what = f"the box has no `### ... {{ #{step} }}`. Expected {', '.join(HELP_STEPS)}. Add it."
            yield page.complain(heading.line, "danger-box", what)
    if [step for step in steps if step in HELP_STEPS] != [step for step in HELP_STEPS if step in steps]:
        what = f"found {', '.join(steps)}, expected the order {', '.join(HELP_STEPS)}. Move them."
        yield page.complain(heading.line, "danger-box", what)
    if inside and not any(one.kind == "paragraph" for one in inside[0].units):
        what = "the box has no note below its heading. Say that a known diagnosis does not make these signs harmless."
        yield page.complain(heading.line, "danger-box", what)
    for step, item in page.signs:
        yield from _sign(page, reading, step, item)


def _sign(page: Page, reading: Reading, step: str, item: Item) -> Iterator[Complaint]:
    dangers = [claim for note in item.notes if (claim := reading.ledger.claims.get(note)) and claim.kind == "danger"]
    if not dangers and not set(item.notes) - set(reading.ledger.claims):
        what = "the sign cites no danger claim. End the bullet with its footnote."
        yield page.complain(item.line, "danger-sign", what)
    for claim in dangers:
        if claim.step and claim.step != step:
            what = f"`{claim.id}` stands under `{step}`, expected `{claim.step}`, its step in the ledger. Move it."
            yield page.complain(item.line, "danger-sign", what)


def numbers_come_from_help(page: Page, reading: Reading) -> Iterator[Complaint]:
    """No phone number is written in a danger box or as a link: the build takes them from help.yml."""
    lines = [line for lines in reading.ledger.help.values() for line in lines]
    known = _written_anyhow(number for line in lines for number in (line.number, line.instead))
    for unit in page.units_in(HELP):
        for found in known.findall(unit.text) if known else ():
            what = f"found the number {found}. Remove it: the build puts in those of help.yml."
            yield page.complain(unit.place.line, "help-number", what)
    for link in page.links:
        if link.target.startswith("tel:"):
            what = f"found the number {link.target}. Remove the link: numbers stand in help.yml only."
            yield page.complain(link.place.line, "help-number", what)


def _written_anyhow(numbers: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for numbers, with a blank or hyphen between any two digits or none; None where there are no numbers."""
    digits = {re.sub(r"\D", "", one) for one in numbers} - {""}
    ways = "|".join(r"[\s\u2011-]?".join(one) for one in sorted(digits, key=len, reverse=True))
    return re.compile(rf"(?<!\d)(?:{ways})(?!\d)") if ways else None


def pem_box_has_form(page: Page, reading: Reading) -> Iterator[Complaint]:
    """The PEM condition stands before the table (on topic pages in `what-may-help`) and cites its claims."""
    heading = page.ids.get(PEM_FIRST)
    if heading is None:
        return
    sections = [one for one in page.sections if one.id == PEM_FIRST]
    chapter = sections[0].chapter
    if chapter != MAY_HELP and MAY_HELP in page.ids:
        what = f"`{PEM_FIRST}` stands in `{chapter}`, expected `{MAY_HELP}`. Move it there."
        yield page.complain(heading.line, "pem-box", what)
    elif any(one.place.chapter == chapter and one.place.line < heading.line for one in page.tables):
        yield page.complain(heading.line, "pem-box", "the PEM condition stands below the table. Move it above.")
    claims = (reading.ledger.claims.get(one.id) for one in sections[0].footnotes)
    if not any(claim and claim.pem for claim in claims):
        what = "the PEM condition cites no claim with `pem: true`. Add its footnote."
        yield page.complain(heading.line, "pem-box", what)


def signs_have_the_same_words(reading: Reading) -> Iterator[Complaint]:
    """The sign of one danger claim has the same words on every page of a language."""
    for pages in reading.pages.values():
        first: dict[str, tuple[Page, Item]] = {}
        for page in (one for one in pages.values() if not one.stub):
            for _, item in page.signs:
                for note in item.notes[-1:]:
                    other, known = first.setdefault(note, (page, item))
                    if known.text != item.text:
                        what = (
                            f"`{note}` has other words than in {other.path}:{known.line}:"
                            f" found “{item.text}”, expected “{known.text}”. Use the same on both."
                        )
                        yield page.complain(item.line, "danger-words", what)


RULES = (
    cautions_travel,
    activity_has_condition,
    danger_box_is_there,
    danger_box_has_form,
    numbers_come_from_help,
    pem_box_has_form,
)
SITE_RULES = (signs_have_the_same_words,)
