"""Addresses of the site, from the slugs and the public address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pe.project import Project
from pe.slugs import Slugs


@dataclass(frozen=True)
class Urls:
    """Knows where each page of each language lives.

    Paths are relative to the root of the site, without a leading slash: ``sv/muskelspasmer/``.
    """

    project: Project
    slugs: Slugs

    def path(self, locale: str, page: str) -> str:
        """Give the path of a page (file name without ending) in a language. Raises KeyError where it has no address."""
        return self.slugs.path(locale, page)

    def absolute(self, locale: str, page: str) -> str:
        """Give the public address of a page, with host."""
        return self.project.site_url + self.path(locale, page)

    def between(self, start: str, target: str) -> str:
        """Give the relative link from one path of the site to another (either may carry a #fragment)."""
        path, hash_, fragment = target.partition("#")
        if path == start and fragment:
            return f"#{fragment}"
        return _relative(start, path) + hash_ + fragment


@lru_cache(maxsize=4096)
def _relative(start: str, path: str) -> str:
    """The way from a folder to a path, both below the root. A page links to the same few over and over."""
    here, there = (start.strip("/").split("/") if start else []), [part for part in path.split("/") if part]
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    link = "/".join([".."] * (len(here) - shared) + there[shared:]) or "."
    return link if path and not path.endswith("/") else link + "/"
