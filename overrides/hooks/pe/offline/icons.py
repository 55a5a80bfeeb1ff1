"""Icons for a home screen, drawn from the small sign of the site (favicon.svg) by Typst."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import typst

from pe.publish.assets import address, version

SIZES = (192, 512)
DARK = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}")  # the sign as it is drawn by daylight
GROUND = re.compile(r'<rect class="g"[^>]*/>')
STYLE = re.compile(r"<style>.*?</style>", re.S)
SHEET = """#set page(width: {size}pt, height: {size}pt, margin: 0pt, fill: none)
#image(bytes(sys.inputs.sign), format: "svg", width: 100%, height: 100%)
"""


def signs(svg: str) -> dict[str, str]:
    """Give the sign in the two forms that a manifest names, by purpose (W3C Web Application Manifest, icon purposes).

    `any` as it is; `maskable` without corners, everything within the inner circle of 80 %, which no device cuts off.
    """
    plain = DARK.sub("", svg)
    style = STYLE.search(plain)
    drawn = GROUND.sub("", STYLE.sub("", plain[plain.index(">") + 1 : plain.rindex("</svg>")]))
    head = plain[: plain.index(">") + 1]
    full = f'{head}{style[0] if style else ""}<rect class="g" width="32" height="32"/>'
    return {"any": plain, "maskable": f'{full}<g transform="translate(3.2 0.6) scale(.8)">{drawn}</g></svg>'}


@cache
def draw(svg: str, size: int) -> bytes:
    """Draw a sign as PNG, `size` pixels wide and high. Raises typst.TypstError where it is no SVG."""
    sheet = SHEET.format(size=size).encode()
    picture = typst.compile(sheet, format="png", ppi=72, sys_inputs={"sign": svg}, ignore_system_fonts=True)
    if not isinstance(picture, bytes):
        raise TypeError("Typst gave no picture")
    return picture


def build(source: Path) -> dict[tuple[str, int], tuple[str, bytes]]:
    """Make all icons: (purpose, size) -> (address, PNG)."""
    found = {}
    for purpose, sign in signs(source.read_text("utf-8")).items():
        for size in SIZES:
            picture = draw(sign, size)
            found[purpose, size] = (address(f"icon-{purpose}-{size}.png", version(picture)), picture)
    return found
