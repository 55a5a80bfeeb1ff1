"""The script that explains a word in place: one a language, because it carries the glossary of that language."""

from __future__ import annotations

import json
from pathlib import Path

from pe.site import Site

SOURCE = "gloss.js"
PLACE = '"@@words@@"'


def name(locale: str) -> str:
    """Give the plain name of the script of a language."""
    return f"gloss.{locale}.js"


def build(site: Site, folder: Path) -> dict[str, str]:
    """Make the scripts from the source in `folder`, by plain name. Raises FileNotFoundError where it is missing."""
    source = (folder / SOURCE).read_text("utf-8")
    made = {}
    for locale, terms in site.terms.items():
        t = site.say(locale)
        explained = {one.id: (one.term, one.text) for one in terms.values()}
        says = {"all": t("gloss.all"), "close": t("gloss.close"), "terms": explained}
        made[name(locale)] = source.replace(PLACE, json.dumps(says, ensure_ascii=False, separators=(",", ":")))
    return made
