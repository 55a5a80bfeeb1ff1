"""Scripts that carry the words of what they open: one a language, so that no page carries them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pe.site import Site

OPENED = ("reading", "listen", "share", "ask")  # each with a template of its name
GLOSS = "gloss"  # explains a word in place, with the glossary of the language
SOURCES = tuple(f"{one}.js" for one in (*OPENED, GLOSS))
PLACE = '"@@words@@"'


def names(locale: str) -> tuple[str, ...]:
    """Give the plain names of the scripts of a language: ``reading.sv.js`` and so on."""
    return tuple(f"{one}.{locale}.js" for one in (*OPENED, GLOSS))


def build(site: Site, folder: Path, opened: Callable[[str, str], str]) -> dict[str, str]:
    """Make the scripts from the sources in `folder`, by plain name. `opened`: (name, language) -> the HTML that it opens.

    Raises FileNotFoundError where a source is missing.
    """
    sources = [(folder / name).read_text("utf-8") for name in SOURCES]
    made = {}
    for locale in site.pages:
        said: list[Any] = [opened(name, locale) for name in OPENED] + [_glossary(site, locale)]
        for name, source, what in zip(names(locale), sources, said, strict=True):
            made[name] = source.replace(PLACE, json.dumps(what, ensure_ascii=False, separators=(",", ":")))
    return made


def _glossary(site: Site, locale: str) -> dict[str, Any]:
    t = site.say(locale)
    explained = {one.id: (one.term, one.text) for one in site.terms[locale].values()}
    return {"all": t("gloss.all"), "close": t("gloss.close"), "terms": explained}
