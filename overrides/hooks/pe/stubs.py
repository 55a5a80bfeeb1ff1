"""`./dev stubs de`: begin a language. Each page that it lacks is shown in the default language until it is translated."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from .project import Project

STUB = "---\ntranslated: no\n---\n"


def main(words: Sequence[str], root: Path) -> int:
    """Write a stub for every page that a language lacks. In: its code, the root of the project. Out: exit status."""
    project = Project(root)
    if len(words) != 1 or words[0] not in project.others:
        listed = ", ".join(project.others)
        print(f"usage: ./dev stubs LANGUAGE, one that mkdocs.yml lists: {listed}", file=sys.stderr)
        return 2
    missing = sorted(set(project.page_names) - set(project.names_in(words[0])))
    for name in missing:
        path = project.page_path(words[0], name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(STUB, encoding="utf-8", newline="\n")
    print(f"{len(missing)} pages begun in {project.shown(project.docs / words[0])}; translate one by replacing its whole text.")
    return 0
