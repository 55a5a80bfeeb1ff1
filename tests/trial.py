"""A copy of the project to change and build, and the package run in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def copied(target: Path) -> Path:
    """The project as a clone has it."""
    left = shutil.ignore_patterns(".git", ".venv", ".build", "site", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, target, ignore=left)
    return target


def pe(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a verb of the package there, as at home."""
    environment = {**os.environ, "PYTHONPATH": "overrides/hooks"}
    command = [sys.executable, "-m", "pe", *words]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
