"""Work in a second process: its answer comes back whole, and its failure is told."""

import os
from pathlib import Path

import pytest

from pe.aside import Aside


@pytest.mark.parametrize("apart", [True, False])
def test_the_answer_comes_back_whole(apart: bool) -> None:
    assert Aside(lambda: {"page": b"x" * 1_000_000}, apart=apart).result() == {"page": b"x" * 1_000_000}


def test_the_work_is_done_in_another_process() -> None:
    assert Aside(os.getpid).result() != os.getpid()
    assert Aside(os.getpid, apart=False).result() == os.getpid()


def test_work_that_fails_stops_the_build(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    work = Aside(lambda: (tmp_path / "no-such-file").read_text("utf-8"))
    with pytest.raises(ChildProcessError, match="ended with 1"):
        work.result()
    assert "no-such-file" in capfd.readouterr().err
