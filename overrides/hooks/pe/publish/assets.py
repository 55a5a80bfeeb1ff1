"""Styles and scripts: joined, made small, named after their content so that a browser may keep them for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import rcssmin
import rjsmin

INLINE = "head.js"  # stands in each page, before the first paint
STYLES = ("tokens.css", "base.css", "parts.css", "print.css")


def build(folder: Path) -> tuple[dict[str, str], dict[str, bytes]]:
    """Make the published files from the sources in overrides/assets.

    Gives the address of each file by its plain name (``site.css`` -> ``assets/site.1a2b3c4d.css``) and the bytes by address.
    Raises FileNotFoundError where a source is missing.
    """
    made: dict[str, bytes] = {}
    for kind in ("fonts", "images"):
        made |= {file.name: file.read_bytes() for file in sorted((folder / kind).glob("*.*"))}
    names = {plain: _address(plain, content) for plain, content in made.items()}
    css = "".join((folder / "css" / name).read_text("utf-8") for name in STYLES)
    for plain, address in names.items():  # styles lie beside fonts and pictures once published
        css = css.replace(f"../fonts/{plain}", Path(address).name).replace(f"../images/{plain}", Path(address).name)
    texts = {"site.css": rcssmin.cssmin(css)}
    texts |= {
        script.name: rjsmin.jsmin(script.read_text("utf-8"))
        for script in sorted((folder / "js").glob("*.js"))
        if script.name != INLINE
    }
    made |= {plain: text.encode() for plain, text in texts.items()}
    names |= {plain: _address(plain, made[plain]) for plain in texts}
    return names, {names[plain]: content for plain, content in made.items()}


def _address(plain: str, content: bytes) -> str:
    stem, _, ending = plain.rpartition(".")
    return f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:8]}.{ending}"


def write(site: Path, files: Mapping[str, bytes]) -> None:
    """Write the files below the folder of the site."""
    for address, content in files.items():
        target = site / address
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
