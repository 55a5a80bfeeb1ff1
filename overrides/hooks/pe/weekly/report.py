"""`./dev weekly`: gathers what should be looked at, as one report that ends."""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pe.judge.reading import Reading, read_all
from pe.project import Project
from pe.weekly import audit, due, issue, links, releases, seen

MOST = 40  # lines of one part; the rest is counted


def main(words: Sequence[str], root: Path) -> int:
    """Run `./dev weekly`. In: what follows it, the root of the project. Out: exit status; 1 where gh refused."""
    given = _arguments(words)
    reading, _ = read_all(Project(root))
    asking = functools.partial(links.ask, registry=given.registry)
    answers = links.ask_all(links.addresses(reading.ledger), asking)
    if given.seen:
        path = reading.project.evidence / "references.yml"
        changed = seen.write(path, seen.answering(answers), given.today)
        print(f"Wrote `seen: {given.today}` for {changed} references.", file=sys.stderr)
    newer = releases.newer(root, functools.partial(releases.newest, index=given.index))
    holes = audit.parsed(given.audit) if given.audit else audit.audit(root)
    text = "\n".join(report(reading, given.today, answers, newer, holes))
    print(text)
    if given.issue:
        try:
            print(issue.put(text), file=sys.stderr)
        except RuntimeError as why:
            print(f"The issue was not written: {why}", file=sys.stderr)
            return 1
    return 0


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev weekly", description="Report what should be looked at by now.")
    parser.add_argument("--seen", action="store_true", help="write into references.yml which references answered today")
    parser.add_argument("--issue", action="store_true", help="put the report into the issue “Weekly check”")
    parser.add_argument("--today", type=date.fromisoformat, default=date.today(), help="another day than today")
    parser.add_argument("--audit", type=Path, help="what pip-audit found, as JSON, in place of running it")
    parser.add_argument("--registry", default=links.REGISTRY, help="where DOIs are asked for")
    parser.add_argument("--index", default=releases.INDEX, help="where releases are asked for; {name} is the package")
    return parser.parse_args(words)


def report(
    reading: Reading,
    today: date,
    answers: Sequence[links.Answer],
    newer: Iterable[releases.Release],
    holes: list[dict[str, Any]] | None,
) -> Iterator[str]:
    """The report as Markdown, line by line. A part with nothing in it is one line."""
    yield f"Written on {today} by `./dev weekly`. Nothing here stops a build; a person decides."
    yield from _part("Links that are gone", (_line(one) for one in answers if one.state == links.GONE))
    unclear = [one for one in answers if one.state == links.UNCLEAR]
    if answers and len(unclear) == len(answers):
        yield "\n**Links:** no address answered at all. Is there a network?"
    else:
        yield from _part("Links that turned the check away or did not answer: try by hand", map(_line, unclear))
    yield from _part("Pages whose next check is due", due.pages(reading, today))
    yield from _part("Claims whose next check is due", due.claims(reading, today))
    yield from _part("Phone numbers that nobody has looked up for a year", due.numbers(reading, today))
    yield from _part("Pages with something unread (`./dev read` shows it)", due.unread(reading))
    found = list(newer)
    told, untold = [one for one in found if one.newest], [one.name for one in found if not one.newest]
    yield from _part("Newer releases (`./dev lock --upgrade`, then `./dev test`)", map(_release, told))
    yield from _part("Packages about which the index did not answer", untold)
    if holes is None:
        yield "\n**Known holes in what we use:** not known, pip-audit gave no answer"
    else:
        yield from _part("Known holes in what we use", _holes(holes))


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    yield f"\n**{title}:** {len(found) or 'none'}"
    if found:
        yield ""
        yield from (f"- {line}" for line in found[:MOST])
        if len(found) > MOST:
            yield f"- and {len(found) - MOST} more"


def _line(one: links.Answer) -> str:
    return f"`{one.address.file}`, `{one.address.entry}`: <{one.address.url}> ({one.why})"


def _release(one: releases.Release) -> str:
    return f"{one.name} {one.used}: {one.newest} is there"


def _holes(holes: list[dict[str, Any]]) -> Iterator[str]:
    for package in holes:
        for hole in package.get("vulns", ()):
            mended = ", ".join(hole.get("fix_versions", ())) or "no version yet"
            yield f"{package['name']} {package.get('version', '')}: {hole['id']}, mended in {mended}"
