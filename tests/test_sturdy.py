"""A real build that is killed, runs out of disk or meets another clock: the last site stays whole, and a line says why."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from built import Built
from conftest import build
from trial import ROOT, copied

READY = ROOT / ".venv" / ".ready"  # ./dev has set up
LONG = 600  # seconds, after which a build hangs; a whole one takes minutes on a busy machine


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, with the set-up of this one."""
    if not READY.is_file():
        pytest.skip("no .venv made by ./dev")
    root = copied(tmp_path_factory.mktemp("sturdy") / "project")
    (root / ".venv").symlink_to(ROOT / ".venv")
    return root


@pytest.fixture
def project(copy: Path) -> Path:
    """The copy, with a site of one page, whatever the test before has left."""
    shutil.rmtree(copy / "site", ignore_errors=True)
    (copy / "site").mkdir()
    (copy / "site/index.html").write_text("old")
    return copy


def start(project: Path, *before: str, limit: int = 0) -> subprocess.Popen[str]:
    """Start ./dev build there, without PDFs and cards; `limit` is the size that no file may pass."""

    def less() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(
        [*before, sys.executable, "dev", "build"],
        cwd=project,
        env={**os.environ, "PE_WITHOUT": "handouts,cards", "SITE_URL": "https://example.org/"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=less,
    )


def state(process: int) -> tuple[str, int]:
    """The letter of a process's state (T: stopped, Z: ended) and its parent; an ended one where it is gone."""
    try:
        letter, parent = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return "Z", 0
    return letter, int(parent)


def children(process: int) -> list[int]:
    """The processes that a process has started, all depths, and that have not ended."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        letter, parent = state(int(folder.name))
        if parent == process and letter != "Z":
            found += [int(folder.name), *children(int(folder.name))]
    return found


def held(process: int) -> bool:
    """Stop a process in the middle of its work; false where it had ended its work before."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGSTOP)
    end = time.monotonic() + LONG
    while (letter := state(process)[0]) not in "TZ":
        assert time.monotonic() < end, f"the process stays in the state {letter}"
        time.sleep(0.001)
    return letter == "T"


def page_written(project: Path, _: int) -> bool:
    return any(project.glob(".build/site-*/*/index.html"))


def working(_: Path, process: int) -> bool:
    """Whether the build itself has started others."""
    return len(children(process)) > 2


def wait(process: subprocess.Popen[str], until: Callable[[Path, int], bool], project: Path) -> bool:
    """Wait for a moment of a build; false where it ended before."""
    while process.poll() is None:
        if until(project, process.pid):
            return True
        time.sleep(0.005)
    return False


def is_as_it_was(project: Path) -> bool:
    return {path.name: path.read_text() for path in (project / "site").iterdir()} == {"index.html": "old"}


@pytest.mark.parametrize("seconds", [0.3, 1.5])
def test_a_build_that_is_killed_early_leaves_the_last_site_whole(project: Path, seconds: float) -> None:
    process = start(project)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=LONG)
    assert is_as_it_was(project)


@pytest.mark.parametrize("moment", [working, page_written], ids=["others-work", "a-page-is-written"])
def test_a_build_that_is_killed_while_it_writes_leaves_the_last_site_whole(
    project: Path, moment: Callable[[Path, int], bool]
) -> None:
    process = start(project)
    assert wait(process, moment, project)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=LONG)
    assert is_as_it_was(project)


def test_a_second_process_that_is_killed_stops_the_build_in_a_line(project: Path) -> None:
    process = start(project)
    assert wait(process, working, project)
    build, *others = children(process.pid)
    victim = next(one for one in others if held(one))
    assert state(victim)[1] == build
    os.kill(victim, signal.SIGKILL)
    printed, _ = process.communicate(timeout=LONG)
    assert process.returncode == 1
    assert "a second process of the build ended with -9" in printed
    assert "Traceback" not in printed
    assert is_as_it_was(project)


@pytest.mark.parametrize("limit", [2_000, 600_000])
def test_a_file_that_cannot_be_written_whole_stops_the_build_in_a_line(project: Path, limit: int) -> None:
    process = start(project, limit=limit)
    printed, _ = process.communicate(timeout=LONG)
    assert process.returncode == 1
    assert "File too large" in printed
    assert "Traceback" not in printed
    assert is_as_it_was(project)


@pytest.mark.parametrize("size", ["200k", "4m"])
def test_a_full_disk_stops_the_build_in_a_line(project: Path, size: str) -> None:
    able = os.geteuid() == 0 and shutil.which("unshare")
    if not able or subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    (project / ".build").mkdir(exist_ok=True)
    mount = f'mount -t tmpfs -o size={size} small .build && TMPDIR=$PWD/.build exec "$@"'
    process = start(project, "unshare", "-m", "sh", "-c", mount, "sh")
    printed, _ = process.communicate(timeout=LONG)
    assert process.returncode == 1
    assert "No space left on device" in printed
    assert "Traceback" not in printed
    assert is_as_it_was(project)


def test_after_one_that_was_killed_a_build_is_whole_and_leaves_nothing_behind(project: Path) -> None:
    process = start(project)
    assert wait(process, page_written, project)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=LONG)
    assert list((project / ".build").glob("site-*/")), "what was killed has left nothing to clear up"
    process = start(project)
    printed, _ = process.communicate(timeout=LONG)
    assert process.returncode == 0, printed
    assert (project / "site/sitemap.xml").is_file()
    assert not list((project / ".build").glob("site[-.]*/"))


def test_a_second_build_in_another_place_of_the_world_is_the_same_to_the_byte(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    again = build(tmp_path / "site", built.address)  # with another clock: tests/upkeep/test_lived.py
    files = {path.relative_to(built.folder) for path in built.folder.rglob("*") if path.is_file()}
    assert {path.relative_to(again) for path in again.rglob("*") if path.is_file()} == files
    assert [str(one) for one in sorted(files) if (again / one).read_bytes() != (built.folder / one).read_bytes()] == []
