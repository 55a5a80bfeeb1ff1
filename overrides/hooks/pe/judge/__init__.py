"""The judge: small pure rules over pages and ledger, all run in one pass, all complaints at once."""

import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ..aside import MANY, Aside, alone
from ..complaint import Complaint
from ..project import Project
from . import (
    cards,
    changes,
    citations,
    facts,
    finding,
    form,
    fresh,
    key_parts,
    links,
    numbers,
    parity,
    readable,
    safety,
    settings,
    wording,
)
from .reading import Reading, read_all

PAGE_RULES = (*form.RULES, *key_parts.RULES, *wording.RULES, *links.RULES, *readable.RULES, *cards.RULES)
TWIN_RULES = (*parity.TWIN_RULES, *wording.TWIN_RULES)
SECTION_RULES = (*parity.SECTION_RULES, *numbers.SECTION_RULES)  # compare section by section, by their ids
SITE_RULES = (
    *parity.SITE_RULES,
    *safety.SITE_RULES,
    *form.SITE_RULES,
    *finding.SITE_RULES,
    *cards.SITE_RULES,
    *fresh.SITE_RULES,
    *settings.SITE_RULES,
)
# These compare with the ledger, and would find nothing but its absence where it cannot be read.
LEDGER_PAGE_RULES = (*citations.RULES, *safety.RULES, *numbers.RULES, *fresh.RULES)
LEDGER_SITE_RULES = (*facts.RULES, *citations.SITE_RULES, *finding.LEDGER_SITE_RULES, *changes.RULES)


def judge(root: Path) -> list[Complaint]:
    """All that is wrong with a project, sorted. In: its root folder. Out: empty where it may be built."""
    return judged(root)[1]


def judged(root: Path) -> tuple[Reading | None, list[Complaint]]:
    """What was read of a project, and all that is wrong with it, sorted."""
    try:
        reading, complaints = read_all(Project(root))
    except Exception as error:  # noqa: BLE001  a fault of our own is reported like any other
        return None, [_crash("reading", "mkdocs.yml", error)]
    return reading, sorted({*complaints, *judge_reading(reading)})


def judge_reading(reading: Reading) -> Iterator[Complaint]:
    """The complaints of all rules about what was read."""
    whole = reading.ledger.is_whole and bool(reading.originals)
    names = tuple(dict.fromkeys(page.name for page in reading.all_pages))
    apart = alone() and len(reading.all_pages) > MANY
    half = Aside(lambda: [("half", list(_judge_pages(reading, names[1::2], whole)))], apart=apart)
    yield from _judge_pages(reading, names[::2], whole)
    for site_rule in (*SITE_RULES, *(LEDGER_SITE_RULES if whole else ())):
        yield from _run(site_rule, "mkdocs.yml", reading)
    yield from half.result().pop("half")


def _judge_pages(reading: Reading, names: Iterable[str], whole: bool) -> Iterator[Complaint]:
    """Judge name by name: the twins of a page are compared with it while its parts are at hand."""
    default = reading.project.default
    locales = sorted(reading.pages, key=lambda one: one != default)
    for page in (pages[name] for name in names for locale in locales if name in (pages := reading.pages[locale])):
        if page.lost or page.stub:
            continue
        for rule in (*PAGE_RULES, *(LEDGER_PAGE_RULES if whole else ())):
            yield from _run(rule, page.path, page, reading)
        original = reading.originals.get(page.name)
        if original is None or original.lost or page.language == default:
            continue
        comparable = original.is_ordered and page.is_ordered
        for twin_rule in (*TWIN_RULES, *(SECTION_RULES if comparable else ())):
            yield from _run(twin_rule, page.path, original, page, reading)


def _run(rule: Callable[..., Iterable[Complaint]], path: str, *given: object) -> list[Complaint]:
    try:
        return list(rule(*given))
    except Exception as error:  # noqa: BLE001  a rule that fails must not hide the others
        return [_crash(rule.__name__, path, error)]


def _crash(rule: str, path: str, error: Exception) -> Complaint:
    print(f"{rule} failed while reading {path}", file=sys.stderr)
    traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    what = f"the rule `{rule}` failed: {type(error).__name__} in {where}. This is our own fault: mend the rule."
    return Complaint(path, 1, "judge-fault", what)
