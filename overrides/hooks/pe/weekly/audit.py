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
    found.unlink(missing_ok=True)
    try:
        venv.create(folder, with_pip=True, clear=True)  # anew: an earlier one may have been left half made
    except (OSError, subprocess.SubprocessError) as error:
        print(f"No environment for pip-audit: {error}", file=sys.stderr)
        return None
    problem = _run(python, "-m", "pip", "install", "--quiet", PACKAGE) or _run(
        python, "-m", "pip_audit", "--requirement", root / "requirements.lock", "--require-hashes", "--disable-pip",
        "--progress-spinner", "off", "--format", "json", "--output", found,
    )  # fmt: skip
    answer = parsed(found)
    if answer is None:  # its exit code 1 also says that something was found
        print(problem, file=sys.stderr)
    return answer


def parsed(found: Path) -> list[dict[str, Any]] | None:
    """The answer of pip-audit in a file; None where it is none."""
    try:
        packages: list[dict[str, Any]] = json.loads(found.read_text("utf-8"))["dependencies"]
    except (OSError, ValueError, KeyError):
        return None
    return packages


def _run(*command: object) -> str:
    """Run a command. Out: empty where it ended with 0, else the end of what it said."""
    done = subprocess.run([str(one) for one in command], capture_output=True, text=True, check=False)
    return (done.stderr.strip()[-500:] or f"{command[2]} ended with {done.returncode}") if done.returncode else ""
