"""How long an edit takes to show while the site is served: from the file being written until the served page says it.

    python tests/bench/live.py

It works in a copy of the project. MkDocs looks for changed files twice a second, and waits a tenth of one for more.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = (".git", ".venv", "site", "__pycache__", ".*_cache", ".hypothesis")
PAGE, ADDRESS = "docs/en/muscle-spasms.md", "muscle-spasms/"
EDITS = 6  # of each kind; the first warms up and does not count
REST = 1.3  # seconds between edits: no multiple of the half second in which MkDocs looks
END_OF_FRONT = "\n---\n"


def edits(folder: Path) -> dict[str, list[float]]:
    """Serve a copy of the project and edit it: the seconds of each edit, by what was edited."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    file = folder / PAGE
    text = file.read_text("utf-8")
    head, end, body = text.partition(END_OF_FRONT)
    kinds = {
        "a sentence": lambda word: head + end + body.replace(".\n", f" {word}.\n", 1),
        "a title, which all pages show": lambda word: text.replace("Muscle spasms", f"Muscle spasms {word}"),
    }
    with _served(folder) as base:
        return {kind: [_shown(base, file, edit(word), word) for word in _words()][1:] for kind, edit in kinds.items()}


def _words() -> Iterator[str]:
    for number in range(EDITS):
        time.sleep(REST)
        yield "zw" + chr(ord("a") + number) + "lf"


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}/"
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": base}
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=folder, env=environment) as server:
        try:
            while not _fetched(base):
                if server.poll() is not None:
                    sys.exit("mkdocs serve ended")
                time.sleep(0.2)
            yield base
        finally:
            server.terminate()


def _shown(base: str, file: Path, text: str, word: str) -> float:
    before = time.perf_counter()
    file.write_text(text, "utf-8")
    while word not in _fetched(base + ADDRESS):
        if time.perf_counter() - before > 60:
            sys.exit(f"{word} was not shown within a minute")
        time.sleep(0.02)
    return time.perf_counter() - before


def _fetched(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=60) as found:
            content: bytes = found.read()
    except OSError:
        return ""
    return content.decode()


def table(found: dict[str, list[float]]) -> list[str]:
    """What was measured, as a table."""
    rows = ["| edit | seconds, middle | fastest | slowest |", "|---|--:|--:|--:|"]
    for kind, seconds in found.items():
        ordered = sorted(seconds)
        rows.append(f"| {kind} | {ordered[len(ordered) // 2]:.2f} | {ordered[0]:.2f} | {ordered[-1]:.2f} |")
    return rows


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        print("\n".join(table(edits(Path(place, "served")))))
