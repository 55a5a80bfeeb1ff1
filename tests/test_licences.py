"""LICENSES.md names everything that we use, with the licence that it says it has."""

import re
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LISTED = dict(re.findall(r"(?m)^\| ([a-z0-9-]+) \| (.+) \|$", (ROOT / "LICENSES.md").read_text("utf-8")))
LOCKED = sorted(set(re.findall(r"(?m)^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text("utf-8"))))
PLAIN = {"Apache Software License": "Apache-2.0", "BSD License": "BSD-", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
         "MIT License": "MIT", "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later"}  # fmt: skip


def said(name: str) -> str:
    """The licence that an installed package says it has, as SPDX writes it, or how that begins; empty where silent."""
    about = metadata.metadata(name)
    if expression := about.get("License-Expression"):
        return str(expression)
    classes = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier", []) if one.startswith("License :: ")]
    return next((PLAIN[one] for one in classes if one in PLAIN), "")


@pytest.mark.parametrize("name", LOCKED)
def test_every_package_of_the_lock_is_listed_with_its_licence(name: str) -> None:
    assert name in LISTED, f"write {name} into LICENSES.md: {said(name) or 'see its licence file'}"
    assert LISTED[name].startswith(said(name)), f"{name} says {said(name)}, LICENSES.md {LISTED[name]}"


def test_nothing_is_listed_that_is_not_used() -> None:
    assert sorted(LISTED) == LOCKED, "remove from LICENSES.md what is not in requirements.lock"


def test_every_font_and_picture_is_listed() -> None:
    text = (ROOT / "LICENSES.md").read_text("utf-8")
    kinds = {".woff2", ".ttf", ".otf", ".png", ".jpg", ".webp", ".ico", ".svg"}
    for path in [*ROOT.glob("overrides/**/*"), *ROOT.glob("docs/**/*")]:
        if path.suffix in kinds:
            listed = path.stem in text or path.stem.replace("-hyperlegible-700", "-hyperlegible-400") in text
            assert listed or path.parent == ROOT / "docs/figures", f"write {path.relative_to(ROOT)} into LICENSES.md"
    assert (ROOT / "overrides/assets/fonts/OFL.txt").read_text("utf-8").count("SIL OPEN FONT LICENSE Version 1.1") >= 1
