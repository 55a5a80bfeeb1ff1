"""Signs and codes as small SVG texts: the same drawings as on the pages, in black."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import segno

SIGN = re.compile(r'<g id="sign-([\w-]+)">(.*?)</g>', re.S)
BOXES = {"now": "0 0 40 40", "soon": "0 0 40 40", "doctor": "0 0 40 40", "pem": "0 0 124 52", "brand": "0 0 104 30"}
STYLE = (
    "*{fill:none;stroke:#000;stroke-width:2.5;stroke-linecap:round;stroke-linejoin:round}"
    ".s{fill:#000}.o{stroke:#fff;stroke-width:4}.d{fill:#000;stroke:none}"
)
QUIET = 2  # white modules round a code; the paper round it is white as well
CORRECTION = "m"  # a code may lose 15 % to folds and stains (ISO/IEC 18004, level M)


def signs(partials: Path) -> dict[str, str]:
    """Read the signs out of partials/signs.html, each as an SVG. Raises KeyError where one is missing."""
    drawn = dict(SIGN.findall((partials / "signs.html").read_text("utf-8")))
    return {
        name: f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><style>{STYLE}</style>{drawn[name]}</svg>'
        for name, box in BOXES.items()
    }


@cache  # while pages are served, those of the last time
def code(address: str) -> str:
    """Draw the QR code of an address as an SVG."""
    drawn = io.BytesIO()
    segno.make(address, error=CORRECTION, micro=False).save(drawn, kind="svg", border=QUIET, xmldecl=False, omitsize=True)
    return drawn.getvalue().decode().strip()
