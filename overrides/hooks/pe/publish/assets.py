"""Styles and scripts: joined, made small, named after their content so that a browser may keep them for ever.

Scripts, and the styles of what they open, have one version together: site.js finds the others beside itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import rcssmin

from pe.publish.lean import FONTS
from pe.publish.scripts import small
from pe.publish.spoken import SOURCES
from pe.publish.styles import Styles, made_by, shortened, styles_of

HEAD = "head.js"
STYLES = ("tokens.css", "base.css", "parts.css", "print.css")  # stand in each page, as far as it uses them
OPENED = "opened.css"  # what a script opens: fetched with it


@dataclass(frozen=True)
class Assets:
    """`names` gives the address of a file by its plain name (``site.js`` -> ``assets/site.1a2b3c.js``), `files` its bytes.

    `head` is the script that stands in each page, before the first paint.
    """

    names: dict[str, str]
    files: dict[str, bytes]
    styles: Styles
    head: str


def build(folder: Path, made_scripts: Mapping[str, str]) -> Assets:
    """Make the published files from the sources in overrides/assets, and from scripts that were made already (text by name).

    Raises FileNotFoundError where a source is missing.
    """
    made: dict[str, bytes] = {}
    for kind in ("fonts", "images"):
        made |= {file.name: file.read_bytes() for file in sorted((folder / kind).glob("*.*"))}
    names = {plain: address(plain, version(content)) for plain, content in made.items()}
    inline, opened = shortened(["".join(_css(folder, name) for name in STYLES), _css(folder, OPENED)])
    for file in (folder / "fonts").glob("*.woff2"):
        inline = inline.replace(f"../fonts/{file.name}", FONTS + Path(names[file.name]).name)
    scripts = {file: file.read_text("utf-8") for file in sorted(folder.glob("*/*.js"))}
    published = {file.name: text for file, text in scripts.items() if file.parent.name == "js" and file.name not in SOURCES}
    smaller = small(published | dict(made_scripts))
    head = smaller.pop(HEAD)
    tools = {name: text.encode() for name, text in smaller.items()} | {OPENED: rcssmin.cssmin(opened).encode()}
    digits = version(b"".join(tools.values()))
    names |= {plain: address(plain, digits) for plain in tools}
    files = {names[plain]: content for plain, content in (made | tools).items()}
    written = frozenset(made_by("".join([*scripts.values(), *made_scripts.values()])))
    return Assets(names, files, styles_of(inline, written, opened), head)


def _css(folder: Path, name: str) -> str:
    return (folder / "css" / name).read_text("utf-8")


def version(content: bytes) -> str:
    """Give the digits that name a content: the first of its SHA-256, in hexadecimal. worker.js knows lasting files by them."""
    return hashlib.sha256(content).hexdigest()[:6]


def address(plain: str, digits: str) -> str:
    """Give the address of a file by its plain name and version: ``site.js`` -> ``assets/site.1a2b3c.js``."""
    stem, _, ending = plain.rpartition(".")
    return f"assets/{stem}.{digits}.{ending}"


def write(site: Path, files: Mapping[str, bytes]) -> None:
    """Write the files below the folder of the site."""
    for address, content in files.items():
        target = site / address
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
