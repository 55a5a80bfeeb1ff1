"""Readings that are refused: by a machine, of what nobody read, without a name, edited by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from signing import DAY, ROOT, Sign, edit

from pe.complaint import report
from pe.fresh import approval
from pe.judge import judged


@pytest.mark.parametrize("name", ["CI", "GITHUB_ACTIONS"])
def test_a_machine_never_signs(name: str, root: Path, read: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "true")
    refused = "This runs in CI, and a machine cannot read: nothing was signed. Run it at home, after reading.\n"
    assert read("sv/back-pain", "--by", "AB") == (2, refused)
    assert approval.main(("sv/back-pain", "--name", "Test Name", "--profession", "test"), root) == 2
    assert read("sv/back-pain")[0] == 0
    assert not (root / "docs/evidence/read").exists()


REFUSED = {
    "no page": ("sv/back-pains --by AB", "The page sv/back-pains is not there, or cannot be read. Did you mean `back-pain`?"),
    "no language": ("de/back-pain --by AB", "There is no language `de`, but en, sv, it. Write it as sv/muscle-spasms."),
    "no section": ("sv/back-pain --section cause --by AB", "docs/sv/back-pain.md has no section `cause`. Did you mean"),
    "no initials": ("sv/back-pain --by Anna", "--by Anna: expected your initials, 2 to 4 capital letters."),
    "no claim": ("sv --claim lifting-techniqe --by AB", "There is no claim `lifting-techniqe`. Did you mean"),
    "nothing to read": (
        "sv/glossary --claim lifting-technique --by AB",
        "There is nothing to read: no page fits what you named.",
    ),
    "no day": ("sv/back-pain --by AB --on soon", "--on soon: expected a day such as 2026-11-21."),
    "not shown yet": ("sv/index --by AB --on 2026-12-01", "Nothing was signed. Read the text above, then: ./dev read sv/index"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_what_nobody_read_is_not_signed(fault: str, root: Path, read: Sign) -> None:
    words, line = REFUSED[fault]
    status, printed = read(*words.split())
    assert status == 2
    assert printed.splitlines()[-1].startswith(line)
    assert "Nothing was signed." in printed.splitlines()[-1]
    assert not (root / "docs/evidence/read").exists()


def test_without_initials_nothing_is_signed(root: Path, read: Sign) -> None:
    status, printed = read("sv/back-pain")
    assert status == 0
    assert printed.splitlines()[-1].startswith("When you have read it, and mended what had to be: ./dev read sv/back-pain")
    assert not (root / "docs/evidence/read").exists()


@pytest.mark.parametrize(("answer", "status"), [("yes", 0), ("y", 2), ("", 2)])
def test_at_a_terminal_one_is_asked_and_only_yes_signs(
    answer: str, status: int, root: Path, read: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda asked: answer)
    assert read("sv/index", "--by", "AB", *DAY)[0] == status
    assert (root / "docs/evidence/read/sv/index.yml").exists() == (status == 0)


def test_a_section_of_all_pages_may_be_read_at_once(read: Sign) -> None:
    status, printed = read("--section", "now")
    assert status == 0
    assert printed.splitlines()[-1].startswith("When you have read it, and mended what had to be: ./dev read --section 'now'")


def test_a_question_that_is_not_answered_ends_in_one_line(root: Path) -> None:
    terminal = "import runpy, sys; sys.stdin.isatty = lambda: True; runpy.run_module('pe', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", terminal, "read", "sv/index", "--by", "AB", *DAY], stdin=subprocess.DEVNULL,
        cwd=root, env={**os.environ, "PYTHONPATH": str(ROOT / "overrides/hooks")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Write yes:" in done.stdout
    assert done.stderr.strip() == "Stopped: nothing more was done."


def test_a_page_that_is_not_translated_yet_cannot_be_signed(root: Path, read: Sign) -> None:
    (root / "docs/sv/index.md").write_text("---\ntranslated: no\n---\n")
    assert read("sv/index", "--by", "AB") == (2, "The page sv/index is not translated yet. Nothing was signed.\n")


def test_a_digest_edited_by_hand_is_refused(root: Path, signed: Sign) -> None:
    signed("sv/back-pain")
    path = root / "docs/evidence/read/sv/back-pain.yml"
    edit(path, "by: AB", "by: CD")
    line = next(at for at, text in enumerate(path.read_text().split("\n"), 1) if text == "(opening):")
    assert report(judged(root)[1]) == (
        f"docs/evidence/read/sv/back-pain.yml:{line}  reading-seal  the block `(opening)` was changed by hand. Put the old"
        " block back, or read the section again and run ./dev read sv/back-pain --section '(opening)' --by XY."
    )
