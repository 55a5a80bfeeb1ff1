"""Known holes in the packages of requirements.lock, as pip-audit finds them, which gets a folder of its own for it."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

PACKAGE = "pip-audit==2.10.1"


def audit(root: Path) -> list[dict[str, Any]] | None:
    """The packages with what is known about each (name, version, vulns). None where pip-audit could not be run."""
    folder, found = root / ".build" / "audit", root / ".build" / "audit.json"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    found.unlink(missing_ok=True)
    _run(python, "-m", "pip", "install", "--quiet", PACKAGE)
    _run(
        python, "-m", "pip_audit", "--requirement", root / "requirements.lock", "--require-hashes", "--disable-pip",
        "--progress-spinner", "off", "--format", "json", "--output", found,
    )  # fmt: skip
    return parsed(found)


def parsed(found: Path) -> list[dict[str, Any]] | None:
    """The answer of pip-audit in a file; None where it is none."""
    try:
        packages: list[dict[str, Any]] = json.loads(found.read_text("utf-8"))["dependencies"]
    except (OSError, ValueError, KeyError):
        return None
    return packages


def _run(*command: object) -> None:
    done = subprocess.run([str(one) for one in command], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):  # 1: something was found
        print(done.stderr.strip()[-500:], file=sys.stderr)
