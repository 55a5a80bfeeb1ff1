"""`./dev read`: show what changed since a page was last read, then sign for it. A machine never signs."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pe.complaint import near
from pe.fresh import digest, stamps
from pe.fresh.news import news
from pe.fresh.state import FRESH, SectionState, stamp_of, state_of
from pe.judge.reading import read_all
from pe.project import Project

if TYPE_CHECKING:
    from pe.judge.reading import Reading
    from pe.page import Page

INITIALS = re.compile(r"[^\W\d_a-z]{2,4}")
ROOM = timedelta(days=400)  # further from the newest day in the pages, a clock is thought to be wrong
Target = tuple["Page", SectionState]


class Unsigned(Exception):
    """Why something cannot be signed, as one line."""


def arguments_of(words: Sequence[str]) -> argparse.Namespace:
    """The words after `./dev read`. Errors: SystemExit with the usage."""
    parser = argparse.ArgumentParser(prog="./dev read", description="Show what changed since a page was read, and sign for it.")
    parser.add_argument("page", nargs="?", default="", help="such as sv/muscle-spasms, or sv for a language; all without it")
    parser.add_argument("--section", help="one section, by the id of its heading")
    parser.add_argument("--claim", help="only sections that cite this claim")
    parser.add_argument("--by", help="your initials: sign after reading")
    parser.add_argument("--seen", help="the code that was shown below the text; in place of the question")
    parser.add_argument("--on", help="the day of the reading, such as 2026-11-21, if not today")
    return parser.parse_args(words)


def main(words: Sequence[str], root: Path) -> int:
    """Run `./dev read`. In: what follows it, the root of the project. Out: exit status; 2 where nothing could be signed."""
    given = arguments_of(words)
    try:
        return _read(given, root)
    except Unsigned as why:
        print(why, file=sys.stderr)
        return 2


def _read(given: argparse.Namespace, root: Path) -> int:
    refuse_machines(given.by or given.seen)
    reading, complaints = read_all(Project(root))
    spoilt = [one for one in complaints if one.rule in ("yaml", "encoding", "languages")]
    if spoilt:
        raise Unsigned(f"{spoilt[0]}")
    targets = list(_targets(reading, given))
    if not (given.page or given.section or given.claim or given.by):
        return _overview(reading)
    shown = targets if given.section or given.by else [one for one in targets if one[1].state != FRESH]
    for page, one in shown:
        same = f"{page.path}, {one.name}: nothing changed since it was read."
        print(same if one.state == FRESH else "\n".join(news(reading, page, one)), end="\n\n")
    if not shown:
        print("Nothing changed since it was read. With --by XY you may still sign for a new reading.")
        return 0
    code = _code(reading, targets)
    again = _again(given)
    if not given.by:
        print(f"When you have read it, and mended what had to be: {again} --by XY   (your initials)")
        return 0
    if not INITIALS.fullmatch(given.by):
        raise Unsigned(f"--by {given.by}: expected your initials, 2 to 4 capital letters. Nothing was signed.")
    day = day_of(reading, given.on)
    if given.seen is None and sys.stdin.isatty():
        if input(f"Have you, {given.by}, read {len(targets)} sections against this? Write yes: ").strip().lower() != "yes":
            raise Unsigned("Nothing was signed.")
    elif given.seen != code:
        why = "What you were shown has changed since. " if given.seen else ""
        raise Unsigned(f"{why}Nothing was signed. Read the text above, then: {again} --by {given.by} --seen {code}")
    for path in _sign(reading, targets, day, given.by):
        print(f"Signed: {path}")
    return 0


def _again(given: argparse.Namespace) -> str:
    """The command that was given, without the signature."""
    parts = ["./dev read", given.page, f"--section '{given.section}'" if given.section else ""]
    parts += [f"--claim {given.claim}" if given.claim else "", f"--on {given.on}" if given.on else ""]
    return " ".join(filter(None, parts))


def refuse_machines(signing: str | None) -> None:
    """Raise Unsigned where a continuous integration run tries to sign."""
    if signing and (os.environ.get("CI") or os.environ.get("GITHUB_ACTIONS")):
        raise Unsigned("This runs in CI, and a machine cannot read: nothing was signed. Run it at home, after reading.")


def _targets(reading: Reading, given: argparse.Namespace) -> Iterator[Target]:
    if given.claim and given.claim not in reading.ledger.claims:
        raise Unsigned(f"There is no claim `{given.claim}`.{near(given.claim, reading.ledger.claims)} Nothing was signed.")
    count = 0
    for page in _pages(reading, given.page):
        found = state_of(reading, page).sections
        names = [one.name for one in found]
        if given.section and given.section not in names and given.page.count("/"):
            hint = near(given.section, names) or f" Sections: {', '.join(names)}."
            raise Unsigned(f"{page.path} has no section `{given.section}`.{hint} Nothing was signed.")
        for one in found:
            cites = not given.claim or given.claim in {note.id for note in digest.sections_of(page)[one.name].footnotes}
            if cites and (not given.section or one.name == given.section):
                count += 1
                yield page, one
    if not count:
        raise Unsigned("There is nothing to read: no page fits what you named. Nothing was signed.")


def _pages(reading: Reading, named: str) -> list[Page]:
    """The pages that somebody means by `sv/muscle-spasms`, `docs/sv/muscle-spasms.md`, `sv` or nothing."""
    wanted = named.removeprefix("docs/").removesuffix(".md").strip("/")
    language, _, name = wanted.partition("/")
    if language and language not in reading.pages:
        known = ", ".join(reading.pages)
        raise Unsigned(f"There is no language `{language}`, but {known}. Write it as sv/muscle-spasms. Nothing was signed.")
    found = [
        page
        for code, pages in reading.pages.items()
        if language in ("", code)
        for page in pages.values()
        if name in ("", page.name) and not page.stub and not page.lost
    ]
    if name and not found:
        stub = reading.pages[language].get(name)
        why = "is not translated yet" if stub and stub.stub else "is not there, or cannot be read"
        hint = near(name, reading.pages[language])
        raise Unsigned(f"The page {language}/{name} {why}.{hint if not stub else ''} Nothing was signed.")
    return found


def _overview(reading: Reading) -> int:
    waiting = 0
    for page in _pages(reading, ""):
        counts: dict[str, int] = {}
        for one in state_of(reading, page).sections:
            if one.state != FRESH:
                counts[one.state] = counts.get(one.state, 0) + 1
        if counts:
            waiting += 1
            print(f"{page.language}/{page.name}: " + ", ".join(f"{number} {state}" for state, number in counts.items()))
    print("Look at one: ./dev read sv/muscle-spasms" if waiting else "Every section was read, and nothing changed since.")
    return 0


def _code(reading: Reading, targets: Sequence[Target]) -> str:
    """What tells that somebody was shown these sections as they are now."""
    found = (stamp_of(reading, page, one.name, date.min, "XX").sealed for page, one in targets)
    return digest.digest(*(f"{page.path} {one.name}" for page, one in targets), *found)


def day_of(reading: Reading, said: str | None) -> date:
    """The day to sign with. Raises Unsigned where the clock of this machine cannot be right and no day was said."""
    if said:
        try:
            return date.fromisoformat(said)
        except ValueError:
            raise Unsigned(f"--on {said}: expected a day such as 2026-11-21. Nothing was signed.") from None
    today = date.today()
    known = [page.checked for page in reading.all_pages if page.checked]
    known += [stamp.read for pages in reading.stamps.values() for found in pages.values() for stamp in found.values()]
    newest = max(known, default=today)
    if not newest <= today <= newest + ROOM:
        raise Unsigned(
            f"The clock of this machine says {today}, the newest day in the pages is {newest}. Nothing was signed."
            f" Set the clock, or say the day yourself: --on {newest}."
        )
    return today


def _sign(reading: Reading, targets: Sequence[Target], day: date, by: str) -> Iterator[str]:
    by_page: dict[str, tuple[Page, list[str]]] = {}
    for page, one in targets:
        by_page.setdefault(page.path, (page, []))[1].append(one.name)
    for page, names in by_page.values():
        path = stamps.path_of(reading.project, page.language, page.name)
        found = dict(reading.stamps.get(page.language, {}).get(page.name, {}))
        found |= {name: stamp_of(reading, page, name, day, by) for name in names}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(stamps.written(found, digest.sections_of(page)), encoding="utf-8", newline="\n")
        yield reading.project.shown(path)
