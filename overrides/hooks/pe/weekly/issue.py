"""The one issue that holds the report, by way of GitHub's own command `gh`."""

from __future__ import annotations

import json
import subprocess

TITLE = "Weekly check"


def put(text: str) -> str:
    """Open the issue, or write the report into it where it is open. Out: what `gh` says.

    Raises RuntimeError with the words of `gh` where that fails.
    """
    listed = json.loads(_gh("issue", "list", "--state", "open", "--limit", "200", "--json", "number,title") or "[]")
    known = next((str(one["number"]) for one in listed if one["title"] == TITLE), "")
    if known:
        return _gh("issue", "edit", known, "--body-file", "-", text=text)
    return _gh("issue", "create", "--title", TITLE, "--body-file", "-", text=text)


def _gh(*words: str, text: str = "") -> str:
    try:
        done = subprocess.run(["gh", *words], input=text, capture_output=True, text=True, timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RuntimeError(f"gh cannot be run: {getattr(error, 'strerror', None) or error}") from error
    if done.returncode:
        raise RuntimeError(done.stderr.strip() or f"gh ended with {done.returncode}")
    return done.stdout.strip()
