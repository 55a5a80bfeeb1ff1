"""`./dev approve`: write down that a clinician approved a page, with a digest of what was approved."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from pe.fresh import digest
from pe.fresh.sign import Unsigned, day_of, refuse_machines
from pe.judge.reading import read_all
from pe.project import Project

BLOCK = re.compile(r"^approved:.*\n(?:[ \t]+.*\n)*", re.M)


def main(words: Sequence[str], root: Path) -> int:
    """Run `./dev approve`. In: what follows it, the root of the project. Out: exit status; 2 where nothing was written."""
    parser = argparse.ArgumentParser(prog="./dev approve", description="Write down that a clinician approved a page.")
    parser.add_argument("page", help="such as sv/muscle-spasms")
    parser.add_argument("--name", required=True, help="first and last name")
    parser.add_argument("--profession", required=True, help="in the language of the page, such as allmänläkare")
    parser.add_argument("--on", help="the day of the approval, such as 2026-11-21, if not today")
    try:
        return _approve(parser.parse_args(words), root)
    except Unsigned as why:
        print(why, file=sys.stderr)
        return 2


def _approve(given: argparse.Namespace, root: Path) -> int:
    refuse_machines("approval")
    reading, _ = read_all(Project(root))
    language, _, name = given.page.removeprefix("docs/").removesuffix(".md").partition("/")
    page = reading.pages.get(language, {}).get(name)
    if page is None or page.stub or page.lost:
        raise Unsigned(f"There is no page {given.page}, or it is not translated yet. Write it as sv/muscle-spasms.")
    day = day_of(reading, given.on)
    content = digest.page_digest(page, reading.ledger.claims)
    said = {"name": given.name, "profession": given.profession}
    signed = ["approved:", *(f"  {key}: {json.dumps(text, ensure_ascii=False)}" for key, text in said.items())]
    block = "\n".join([*signed, f"  date: {day}", f"  content: '{content}'", ""])
    path = reading.project.page_path(language, name)
    lines = path.read_bytes().decode("utf-8").replace("\r\n", "\n").split("\n")
    begin = page.first_line - 1  # of the text; before it stands the front matter between its two marks
    head = BLOCK.sub("", "".join(f"{line}\n" for line in lines[1 : begin - 1]))
    path.write_text(f"---\n{head}{block}---\n" + "\n".join(lines[begin:]), encoding="utf-8", newline="\n")
    print(f"Written into {page.path}: approved by {given.name}, {given.profession}, {day}.")
    return 0
