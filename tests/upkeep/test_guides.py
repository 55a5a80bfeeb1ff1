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


@pytest.mark.parametrize("guide", GUIDES[1:])
def test_a_guide_fits_a_screen(guide: str) -> None:
    lines = (ROOT / guide).read_text("utf-8").splitlines()
    assert len(lines) <= 50
    assert max(len(line) for line in lines if not line.startswith("|")) <= 160
