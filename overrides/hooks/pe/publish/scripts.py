"""Scripts made small: no blanks and comments, short names inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from pe.aside import made_apart
from pe.complaint import Complaint, Refused


def small(scripts: Mapping[str, str]) -> dict[str, str]:
    """Give scripts made small, by name. Raises Refused, or ChildProcessError and prints why, where one is no script."""
    return made_apart(partial(_small, scripts))


def _small(scripts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    import minify  # in a process of its own: the threads that it begins would be lost in every later copy of this one

    minify.config({"js-version": 2020})
    for name, text in scripts.items():
        try:
            yield name, minify.string("application/javascript", text)
        except minify.MinifyError as fault:
            what = f"`{name}` cannot be read as a script: {fault}. Mend it; where it stands is in overrides/assets."
            raise Refused(Complaint("overrides/assets", 1, "script", what)) from None
