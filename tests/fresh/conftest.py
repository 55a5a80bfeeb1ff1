"""A copy of the sample to read and sign in."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from signing import DAY, ROOT, Sign

from pe.fresh import sign


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The sample of the judge's tests."""
    target = tmp_path / "project"
    shutil.copytree(ROOT / "tests/judge/sample", target)
    shutil.copy(ROOT / "docs/evidence/schema.json", target / "docs/evidence/schema.json")
    return target


@pytest.fixture
def read(root: Path, capsys: pytest.CaptureFixture[str]) -> Sign:
    """`./dev read ...`: exit status and all that was printed."""

    def run(*words: str, at: Path = root) -> tuple[int, str]:
        status = sign.main(words, at)
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    return run


@pytest.fixture
def signed(read: Sign) -> Sign:
    """Look, then sign with the code that was shown."""

    def run(*words: str, by: str = "AB", **where: Path) -> tuple[int, str]:
        _, printed = read(*words, "--by", by, *DAY, **where)
        found = re.search(r"--seen (\w+)", printed)
        assert found, printed
        return read(*words, "--by", by, "--seen", found[1], *DAY, **where)

    return run
