"""./dev: set-up once, a build that is whole or not at all, a supply line that is pinned."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Stands in for .venv/bin/python: "builds" one page, then fails or waits as the test says.
FAKE_PYTHON = """#!/bin/sh
while [ "$1" != --site-dir ]; do shift; done
mkdir -p "$2" && printf %s "$TRIAL_TEXT" > "$2/index.html" && touch "$2/../started"
sleep "${TRIAL_SECONDS:-0}"
exit "${TRIAL_STATUS:-0}"
"""


@pytest.fixture
def project(tmp_path):
    """A folder with ./dev, a set-up that is done and a site that is built."""
    shutil.copy(ROOT / "dev", tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_name: Trial\n")
    (tmp_path / "requirements.lock").write_text("# nothing\n")
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(FAKE_PYTHON)
    python.chmod(0o755)
    digest = hashlib.sha256((tmp_path / "requirements.lock").read_bytes()).hexdigest()
    (tmp_path / ".venv/.ready").write_text(f"{digest} {python.resolve()}")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("old")
    (tmp_path / "site/gone.html").write_text("old")
    return tmp_path


def start(project, *args, **trial):
    settings = {f"TRIAL_{name.upper()}": str(value) for name, value in trial.items()}
    return subprocess.Popen(
        [sys.executable, project / "dev", *args],
        env={**os.environ, **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=hearing,
    )


def hearing():
    """Where tests run in the background, Ctrl+C may be switched off for all that they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def run(project, *args, **trial):
    process = start(project, *args, **trial)
    printed, _ = process.communicate(timeout=60)
    return process.returncode, printed


def pages(project):
    return {path.name: path.read_text() for path in (project / "site").iterdir()}


def load_dev():
    loader = SourceFileLoader("dev_script", str(ROOT / "dev"))
    module = module_from_spec(spec_from_loader("dev_script", loader))
    loader.exec_module(module)
    return module


def test_a_build_takes_the_place_of_the_last_site_as_a_whole(project):
    assert run(project, "build", text="new") == (0, "Built site/\n")
    assert pages(project) == {"index.html": "new"}
    assert not list((project / ".build").glob("site-*"))


def test_a_failed_build_leaves_the_last_site_untouched(project):
    status, printed = run(project, "build", text="bad", status=1)
    assert status == 1
    assert "site/ is as it was" in printed
    assert pages(project) == {"index.html": "old", "gone.html": "old"}


@pytest.mark.parametrize("blow", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_a_killed_build_leaves_the_last_site_untouched(project, blow):
    process = start(project, "build", text="half", seconds=30)
    end = time.monotonic() + 60
    while not (project / ".build/started").exists():
        assert process.poll() is None and time.monotonic() < end, "the build never started"
        time.sleep(0.02)
    os.killpg(process.pid, blow)
    process.communicate(timeout=60)
    assert pages(project) == {"index.html": "old", "gone.html": "old"}
    assert run(project, "build", text="new")[0] == 0
    assert pages(project) == {"index.html": "new"}
    assert not list((project / ".build").glob("site-*"))


def test_a_site_that_may_not_be_replaced_stays_whole_and_is_told(project):
    before = []
    if os.geteuid() == 0:  # whom no mode stops
        mount = 'mount --bind site site && mount -o remount,ro,bind site && exec "$@"'
        before = ["unshare", "-m", "sh", "-c", mount, "sh"]
        if subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode:
            pytest.skip("this root may not mount")
    (project / "site").chmod(0o555)
    command = [*before, sys.executable, "dev", "build"]
    environment = {**os.environ, "TRIAL_TEXT": "new"}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    (project / "site").chmod(0o755)
    assert done.returncode == 1
    assert re.fullmatch(r"\./dev stopped: .*site.*\. See who owns .*\n", done.stderr)
    assert pages(project) == {"index.html": "old", "gone.html": "old"}
    assert run(project, "build", text="new") == (0, "Built site/\n")
    assert pages(project) == {"index.html": "new"}


def test_a_swap_killed_between_its_two_steps_is_mended(project):
    (project / ".build").mkdir()
    (project / "site").rename(project / ".build/site.old")
    assert run(project, "build", text="bad", status=1)[0] == 1
    assert pages(project) == {"index.html": "old", "gone.html": "old"}


def test_the_swap_works_where_folders_cannot_be_exchanged_at_once(project, monkeypatch):
    dev = load_dev()
    monkeypatch.setattr(dev, "SITE", project / "site")
    monkeypatch.setattr(dev, "WORK", project / ".build")
    monkeypatch.setattr(dev, "exchange", lambda *_: False)
    new = project / ".build/site-1"
    new.mkdir(parents=True)
    (new / "index.html").write_text("new")
    dev.put_in_place(new)
    assert pages(project) == {"index.html": "new"}
    assert not list((project / ".build").iterdir())


def test_a_changed_lock_or_a_python_that_went_away_asks_for_a_new_set_up(project, monkeypatch):
    dev = load_dev()
    monkeypatch.setattr(dev, "LOCK", project / "requirements.lock")
    monkeypatch.setattr(dev, "PYTHON", project / ".venv/bin/python")
    monkeypatch.setattr(dev, "STAMP", project / ".venv/.ready")
    assert dev.ready()
    python = project / ".venv/bin/python"
    python.rename(project / "python3.11")
    python.symlink_to(project / "python3.11")
    assert not dev.ready()
    python.unlink()
    (project / "python3.11").rename(python)
    assert dev.ready()
    (project / "requirements.lock").write_text("# changed\n")
    assert not dev.ready()


def test_an_unknown_verb_says_where_help_is(project):
    status, printed = run(project, "biuld")
    assert status == 2
    assert printed == "./dev: there is no 'biuld'. Try ./dev help\n"


def test_every_direct_dependency_stands_in_the_lock_with_hashes():
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    lock = (ROOT / "requirements.lock").read_text()
    locked = dict(re.findall(r"(?m)^([a-z0-9-]+)(==\S+)[^\n]*\\\n    --hash=sha256:", lock))
    for wanted in (entry for group in groups.values() for entry in group):
        name, exact = re.match(r"([a-z0-9-]+)(==[0-9.]+)?", wanted).groups()
        assert name in locked, f"{name}: run ./dev lock"
        assert exact in (None, locked[name]), f"{name}: run ./dev lock"


def test_every_action_is_pinned_by_digest_with_its_version():
    for workflow in sorted((ROOT / ".github/workflows").glob("*.yml")):
        for used in re.findall(r"uses: *(.*)", workflow.read_text()):
            assert re.fullmatch(r"[\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used), f"{workflow.name}: {used}"
