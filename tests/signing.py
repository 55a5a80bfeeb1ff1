"""A sample project that is read and signed: what the tests of readings do to it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from pe.fresh import state
from pe.judge.reading import Reading, read_all
from pe.project import Project

ROOT = Path(__file__).parents[1]
PAGE = "docs/en/back-pain.md"
DAY = ("--on", "2026-12-01")
Sign = Callable[..., tuple[int, str]]


def edit(path: Path, find: str, put: str) -> None:
    text = path.read_text("utf-8")
    assert find in text
    path.write_text(text.replace(find, put, 1), "utf-8")


def reading_of(root: Path) -> Reading:
    return read_all(Project(root))[0]


def states(root: Path, language: str, name: str = "back-pain") -> dict[str, str]:
    reading = reading_of(root)
    return {one.name: one.state for one in state.state_of(reading, reading.pages[language][name]).sections}


def git(folder: Path, *words: str) -> str:
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
