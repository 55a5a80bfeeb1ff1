"""Draws a card: title and line, and below them the one who lies down, on the colours of the site."""

from __future__ import annotations

import io
import re
from functools import cache

from PIL import Image, ImageDraw

from pe.cards.room import ASSETS, BOLD, BOTTOM, COLUMN, EDGE, GAP, HEIGHT, REGULAR, TOP, WIDTH, Fit, font

BED = 536  # the line on which the figure lies; below it the foot with the names
FIGURE_WIDTH = 380
FOOT_SIZE = 36
COLOURS = 48  # in the picture; enough for smooth letters on two grounds
SMOOTH = 4  # the figure is drawn so much larger and made small again
BOX = (122.0, 28.0)  # of the sign in signs.html, in which the feet end at FEET
FEET = 88.0
STROKE = 2.5
CURVE = 24  # straight pieces of a curve
SIGN = re.compile(r'<g id="sign-lying">(.*?)</g>')
CIRCLE = re.compile(r'<circle [^>]*cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"')
PATH = re.compile(r'<path [^>]*d="([^"]+)"')
STEP = re.compile(r"([A-Za-z])|(-?\d*\.?\d+)")

Point = tuple[float, float]


def draw(fit: Fit, site_name: str, language: str) -> bytes:
    """Draw a card as PNG; the same words give the same bytes."""
    image = Image.new("RGB", (WIDTH, HEIGHT), colour("ground"))
    pen = ImageDraw.Draw(image)
    place = TOP + max(0.0, (BOTTOM - TOP - fit.title.height - GAP - fit.line.height) / 3)
    for lines, weight, gap in ((fit.title, BOLD, GAP), (fit.line, REGULAR, 0)):
        for line in lines.lines:
            pen.text((EDGE, round(place)), line, font=font(weight, lines.size), fill=colour("text"))
            place += lines.leading
        place += gap
    pen.rectangle((0, BED, WIDTH, HEIGHT), fill=colour("rest"))
    pen.rectangle((0, BED, WIDTH, BED + 5), fill=colour("draw"))
    image.paste(*_figure())
    middle = (BED + 5 + HEIGHT) // 2
    pen.text((EDGE, middle), site_name, font=font(BOLD, FOOT_SIZE), fill=colour("rest-text"), anchor="lm")
    pen.text((EDGE + COLUMN, middle), language, font=font(REGULAR, FOOT_SIZE), fill=colour("rest-text"), anchor="rm")
    written = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


@cache
def colour(purpose: str) -> str:
    """Look up a colour of the light theme, by its purpose in tokens.css. Raises KeyError where there is none."""
    found: dict[str, str] = dict(re.findall(r"--([\w-]+):\s*([^;]+);", _tokens()))
    return found[found[f"pe-{purpose}"].removeprefix("var(--").removesuffix(")")]


@cache
def _tokens() -> str:
    """The style up to the end of the light theme: what stands further down is for other themes."""
    text = (ASSETS / "css" / "tokens.css").read_text("utf-8")
    return text[: text.index('[data-md-color-scheme="dim"]')]


@cache
def _figure() -> tuple[Image.Image, tuple[int, int], Image.Image]:
    """The lying sign in its colours, the corner where it is put, and where it covers the ground."""
    sign = SIGN.search((ASSETS.parent / "partials" / "signs.html").read_text("utf-8"))
    circle, path = (one.search(sign[1] if sign else "") for one in (CIRCLE, PATH))
    if circle is None or path is None:
        raise ValueError("signs.html has no sign-lying of a circle and a path")
    scale = FIGURE_WIDTH / BOX[0] * SMOOTH
    size = (FIGURE_WIDTH * SMOOTH, round(BOX[1] * scale))
    body = [(x * scale, y * scale) for x, y in points(path[1])]
    x, y, radius = (float(one) * scale for one in circle.groups())
    head = (x - radius, y - radius, x + radius, y + radius)
    cover, ink, line = Image.new("L", size), Image.new("L", size), round(STROKE * scale)
    for mask, filled in ((cover, 255), (ink, 0)):
        pen = ImageDraw.Draw(mask)
        pen.polygon(body, fill=filled)
        pen.line(body, fill=255, width=line, joint="curve")
        for end in (body[0], body[-1]):
            pen.ellipse(tuple(part + side * line / 2 for side in (-1, 1) for part in end), fill=255)
        pen.ellipse(head, fill=255)
    small = (size[0] // SMOOTH, size[1] // SMOOTH)
    cover, ink = (mask.resize(small, Image.Resampling.LANCZOS) for mask in (cover, ink))
    drawn = Image.new("RGB", small, colour("draw-fill"))
    drawn.paste(Image.new("RGB", small, colour("draw")), (0, 0), ink)
    return drawn, (EDGE + COLUMN - round(FEET / BOX[0] * small[0]), BED + 3 - small[1]), cover


def points(path: str) -> list[Point]:
    """Turn an SVG path of M, c and s into points (cubic Bézier curves, SVG 1.1, 8.3.6).

    Raises ValueError for other commands.
    """
    steps = STEP.findall(path)
    command, numbers, found, last = "", [], [(0.0, 0.0)], (0.0, 0.0)
    for letter, number in steps:
        if letter:
            command = letter
            if command not in "Mcs":
                raise ValueError(f"the sign is drawn with {command}, and only M, c and s are known here")
            continue
        numbers.append(float(number))
        x, y = found[-1]
        if command == "M" and len(numbers) == 2:
            found, last, numbers = [(numbers[0], numbers[1])], (numbers[0], numbers[1]), []
        elif (command, len(numbers)) in (("c", 6), ("s", 4)):
            offsets = [(x + one, y + other) for one, other in zip(numbers[::2], numbers[1::2], strict=True)]
            if command == "s":  # the first handle mirrors the last one of the curve before
                offsets.insert(0, (2 * x - last[0], 2 * y - last[1]))
            found += [_curve([(x, y), *offsets], part / CURVE) for part in range(1, CURVE + 1)]
            last, numbers = offsets[1], []
    return found


def _curve(corners: list[Point], part: float) -> Point:
    rest = 1 - part
    weights = (rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3)
    return (
        sum(weight * corner[0] for weight, corner in zip(weights, corners, strict=True)),
        sum(weight * corner[1] for weight, corner in zip(weights, corners, strict=True)),
    )
