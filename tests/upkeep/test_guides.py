"""The guides end, and what they name is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from trial import ROOT

GUIDES = ("README.md", "EXIT.md", "translations/README.md", ".github/CONTRIBUTING.md", ".github/APPROVING.md")
NAMED = re.compile(r"`((?:docs|translations|overrides|tests|\.github)/[\w./-]+|[A-Z]+\.md|mkdocs\.yml|pyproject\.toml)`")
VERB = re.compile(r"\./dev (\w+)")
BESIDE = ("translations/de.yml", "docs/de/PAGE.md")  # what the reader of the guide writes


@pytest.mark.parametrize("guide", GUIDES)
def test_what_a_guide_names_is_there(guide: str) -> None:
    text = (ROOT / guide).read_text("utf-8")
    missing = [name for name in NAMED.findall(text) if name not in BESIDE and not re.search("[A-Z]{4}", Path(name).stem)
               and not (ROOT / name).exists()]  # fmt: skip
    assert not missing
    known = subprocess.run([sys.executable, ROOT / "dev", "help"], capture_output=True, text=True, check=True).stdout
    assert not [verb for verb in VERB.findall(text) if f"./dev {verb}" not in known and verb != "help"]


def test_what_the_way_out_calls_is_there() -> None:
    called = re.findall(r"`(\w+)\.(\w+)(?:\([\w, ]*\))?`", (ROOT / "EXIT.md").read_text("utf-8"))
    code = {path: path.read_text("utf-8") for path in (ROOT / "overrides/hooks").rglob("*.py")}
    ours = [(owner, name) for owner, name in called if name not in ("toml", "yml", "py", "md")]
    missing = [
        f"{owner}.{name}"
        for owner, name in ours
        if not any(f"def {name}(" in text and (path.stem == owner or f"class {owner}" in text) for path, text in code.items())
    ]
    assert ours
    assert not missing, f"EXIT.md names {missing}, which overrides/hooks does not have"


@pytest.mark.parametrize("guide", GUIDES[1:])
def test_a_guide_fits_a_screen(guide: str) -> None:
    lines = (ROOT / guide).read_text("utf-8").splitlines()
    assert len(lines) <= 50
    assert max(len(line) for line in lines if not line.startswith("|")) <= 160
