"""Old sentences, where this clone remembers them. Nothing depends on it: a shallow or squashed clone remembers none."""

from __future__ import annotations

import subprocess
from collections.abc import Collection
from pathlib import Path

from pe import page
from pe.fresh.digest import sections_of, sentence_digests, sentences_of

VERSIONS = 60  # how far back to look


def remembered(root: Path, shown: str, language: str, wanted: Collection[str]) -> dict[str, str]:
    """The sentences behind digests, as far as earlier versions of the page have them.

    In: the root of the project, the path of the page from there, its language, digests of sentences.
    """
    found: dict[str, str] = {}
    left = set(wanted)
    for version in _git(root, "log", f"-{VERSIONS}", "--format=%h", "--", shown).split() if left else ():
        old, _ = page.parse(_git(root, "show", f"{version}:./{shown}"), Path(shown).stem, language, shown)
        for section in sections_of(old).values():
            for one, (text, _) in zip(sentence_digests(old, section), sentences_of(old, section), strict=True):
                if one in left:
                    found[one] = text
                    left.discard(one)
        if not left:
            break
    return found


def _git(root: Path, *arguments: str) -> str:
    try:
        command = ["git", "-c", f"safe.directory={root.resolve()}", *arguments]
        done = subprocess.run(command, cwd=root, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
