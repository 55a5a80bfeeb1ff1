"""`python -m pe VERB ...`, from the root of the project: check, read, approve, stubs, weekly. `./dev help` says more."""

import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from . import stubs
from .complaint import report
from .fresh import approval, sign
from .judge import judged
from .judge.readable import figures_of
from .judge.reading import Reading
from .readability import FORMULAS
from .weekly import report as weekly


def main(arguments: list[str]) -> int:
    """Run one command. In: the words after `python -m pe`. Out: exit status, 0 where nothing is wrong."""
    verbs: dict[str, Callable[[Sequence[str], Path], int]] = {
        "check": check,
        "read": sign.main,
        "approve": approval.main,
        "stubs": stubs.main,
        "weekly": weekly.main,
    }
    if not arguments or arguments[0] not in verbs:
        print(f"usage: python -m pe {'|'.join(verbs)} ...", file=sys.stderr)
        return 2
    return verbs[arguments[0]](arguments[1:], Path.cwd())


def check(words: Sequence[str], root: Path) -> int:
    """Judge pages and ledger. In: nothing or --figures, the root. Out: 0 where nothing is wrong."""
    if set(words) - {"--figures"}:
        print("usage: python -m pe check [--figures]", file=sys.stderr)
        return 2
    reading, complaints = judged(root)
    if reading and "--figures" in words:
        print(table(reading))
    if complaints:
        print(report(complaints))
        print(f"{len(complaints)} to mend in {len({one.path for one in complaints})} files.")
        return 1
    if reading:
        ledger = reading.ledger
        print(
            f"Nothing to mend: {len(reading.all_pages)} pages in {len(reading.pages)} languages,"
            f" {len(ledger.claims)} claims, {len(ledger.references)} references,"
            f" {len(ledger.articles)} claims of the articles."
        )
    return 0


def table(reading: Reading) -> str:
    """Readability page by page, as lines: with terms as easy words, as it stands, limit, words, sentences."""
    lines = []
    for language, pages in reading.pages.items():
        style = reading.styles[language]
        if style.formula:
            name = FORMULAS[style.formula].name
            lines.append(f"{language}  {name}, aim {style.target}, never past {style.limit}")
            lines.append(f"    {'page':30} {'score':>6} {'plain':>6} {'words':>6} {'sentences':>9}")
        for page in pages.values():
            found = figures_of(page, reading)
            if found:
                scores = f"{found.score:6.1f} {found.plain_score:6.1f} {found.words:6} {found.sentences:9}"
                lines.append(f"    {page.name:30} {scores}")
    return "\n".join(lines)


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `./dev check | head` ends when head does
    try:
        sys.exit(main(sys.argv[1:]))
    except (EOFError, KeyboardInterrupt):
        sys.exit("\nStopped: nothing more was done.")
    except OSError as error:
        sys.exit(f"{error}. Mend that and try again.")
