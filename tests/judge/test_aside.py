"""Work in other processes: what they make comes back whole, and their failure is told."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pe.aside import Aside
from pe.complaint import Refused
from pe.publish.scripts import small


@pytest.mark.parametrize("apart", [True, False])
def test_what_was_made_comes_back_whole_and_once(apart: bool) -> None:
    big = {f"page {number}": bytes([number]) * 100_000 for number in range(20)}
    made = Aside(big.items, apart=apart).result()
    assert made.pop("page 7") == big.pop("page 7")
    assert list(made.rest()) == list(big.items())
    assert list(made.rest()) == []
    with pytest.raises(KeyError):
        made.pop("page 7")


def test_the_work_is_done_in_another_process() -> None:
    def work() -> Iterator[tuple[str, int]]:
        yield "process", os.getpid()

    assert Aside(work).result().pop("process") != os.getpid()
    assert Aside(work, apart=False).result().pop("process") == os.getpid()


def test_the_result_may_be_asked_for_again() -> None:
    work = Aside({"one": 1, "two": 2}.items)
    assert (work.result().pop("two"), work.result().pop("one")) == (2, 1)


@pytest.mark.parametrize("apart", [True, False])
def test_work_that_makes_nothing_gives_nothing(apart: bool) -> None:
    assert list(Aside(tuple[tuple[str, str]], apart=apart).result().rest()) == []


@pytest.mark.parametrize("where", ["", "true"])
def test_a_script_that_is_none_is_named(where: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", where)
    with pytest.raises((ChildProcessError, Refused)) as told:
        small({"good.js": "var one = 1;", "broken.js": "var = ("})
    assert "`broken.js` cannot be read as a script" in str(told.value) + capfd.readouterr().err


def test_work_that_fails_stops_the_build(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    def work() -> Iterator[tuple[str, str]]:
        yield "there", "made"
        yield "missing", (tmp_path / "no-such-file").read_text("utf-8")

    with pytest.raises(ChildProcessError, match="ended with 1"):
        Aside(work).result()
    assert "no-such-file" in capfd.readouterr().err
