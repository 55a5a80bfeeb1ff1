"""Newer releases of the packages that pyproject.toml names, beside the versions in requirements.lock."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from packaging.version import InvalidVersion, Version

from pe.weekly.links import AGENT, SECONDS

INDEX = "https://pypi.org/pypi/{name}/json"
NAME = re.compile(r"[A-Za-z0-9._-]+")
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.M)


@dataclass(frozen=True)
class Release:
    """A package with the version that we use and the newest one; `newest` is empty where the index did not answer."""

    name: str
    used: str
    newest: str


def named(root: Path) -> list[str]:
    """The packages that pyproject.toml names, each once."""
    groups = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    found = (NAME.match(one) for group in groups.values() for one in group if isinstance(one, str))
    return list(dict.fromkeys(match[0].lower() for match in found if match))


def locked(root: Path) -> dict[str, str]:
    """The newest version of each package in requirements.lock, which may hold one for each Python."""
    found: dict[str, str] = {}
    for name, version in LOCKED.findall((root / "requirements.lock").read_text("utf-8")):
        known = found.get(name.lower())
        if known is None or Version(version) > Version(known):
            found[name.lower()] = version
    return found


def newest(name: str, index: str = INDEX) -> str:
    """The newest release of a package that is no trial; empty where the index does not say."""
    try:
        with urlopen(Request(index.format(name=name), headers=AGENT), timeout=SECONDS) as response:
            return str(json.load(response)["info"]["version"])
    except (URLError, HTTPException, OSError, ValueError, KeyError, TypeError):
        return ""


def newer(root: Path, asking: Callable[[str], str] = newest) -> Iterator[Release]:
    """The packages for which the index has a newer release, and those about which it did not answer."""
    used = locked(root)
    for name in named(root):
        if name in used:
            found = asking(name)
            try:
                if not found or Version(found) > Version(used[name]):
                    yield Release(name, used[name], found)
            except InvalidVersion:
                yield Release(name, used[name], "")
