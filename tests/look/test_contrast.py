"""Every pair of colours that the look allows is easy to see, in every theme of tokens.css.

Text needs 7:1 (WCAG 2.2, 1.4.6), parts of controls and drawings need 3:1 (1.4.11).
The ratio is the one of WCAG 2.2, "relative luminance" and "contrast ratio".
"""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "overrides/assets/css/tokens.css").read_text(encoding="utf-8")
PALETTE = dict(re.findall(r"^\s+--((?:linen|bark|oat|moss|straw|brick|pure)-\w+):\s*(#\w+);", CSS, re.M))
THEMES = ("light", "dim", "contrast-dark", "contrast-light")

GROUNDS = ("ground", "sheet", "chosen", "rest", "danger-sheet")
TEXT = [
    *[("text", ground) for ground in GROUNDS],
    *[("text-soft", ground) for ground in GROUNDS if ground != "chosen"],
    *[("link", ground) for ground in GROUNDS],
    *[("danger-text", ground) for ground in ("ground", "sheet", "danger-sheet")],
    ("button-text", "button"),
    ("rest-text", "rest"),
    ("danger-on", "danger"),
    ("danger-bar-text", "danger-bar"),
    ("qr", "qr-plate"),
]
PARTS = [
    *[("edge", ground) for ground in ("ground", "sheet", "rest", "chosen")],
    *[("focus", ground) for ground in ("ground", "sheet", "rest", "danger-sheet", "focus-halo")],
    *[("draw", ground) for ground in ("ground", "sheet", "rest", "draw-fill")],
    *[("draw-accent", ground) for ground in ("ground", "sheet", "draw-fill")],
    ("danger", "ground"),
    ("danger", "sheet"),
    ("danger", "danger-sheet"),
    ("button", "ground"),
    ("link", "ground"),
]


def purposes(block: str) -> dict[str, str]:
    """Take the inside of a rule; give each purpose its colour."""
    return {name: PALETTE[value] for name, value in re.findall(r"--pe-([\w-]+):\s*var\(--([\w-]+)\)", block)}


def theme(name: str) -> dict[str, str]:
    found = re.search(rf'\[data-md-color-scheme="{name}"\] \{{(.*?)\n\}}', CSS, re.S)
    assert found, f"tokens.css has no theme {name}"
    return purposes(found.group(1))


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 7), (PARTS, 3)], ids=["text", "parts"])
def test_every_pair_can_be_seen(name: str, pairs: list[tuple[str, str]], least: float) -> None:
    colours = theme(name)
    short = [
        f"{front} on {back}: {ratio(colours[front], colours[back]):.2f}, needs {least}"
        for front, back in pairs
        if ratio(colours[front], colours[back]) < least
    ]
    assert not short, f"{name}: " + "; ".join(short)


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_names_every_purpose(name: str) -> None:
    assert theme(name).keys() == theme("light").keys()


def test_the_automatic_themes_are_the_chosen_ones() -> None:
    blocks = re.findall(r'@media ([^{]+) \{\n  \[data-md-color-scheme="auto"\] \{(.*?)\n  \}', CSS, re.S)
    expected = {
        "(prefers-color-scheme: dark)": "dim",
        "(prefers-contrast: more)": "contrast-light",
        "(prefers-contrast: more) and (prefers-color-scheme: dark)": "contrast-dark",
    }
    assert [query for query, _ in blocks] == list(expected)
    for query, block in blocks:
        assert purposes(block) == theme(expected[query]), query


def test_colours_stand_in_the_tokens_only() -> None:
    styles = sorted((Path(__file__).parents[2] / "overrides/assets/css").glob("*.css"))
    others = [path for path in styles if path.name != "tokens.css"]
    assert others
    for path in others:
        found = re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", path.read_text(encoding="utf-8"))
        assert not found, f"{path.name}: {found}"


def test_nothing_moves() -> None:
    for path in sorted((Path(__file__).parents[2] / "overrides/assets/css").glob("*.css")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        found = re.findall(r"\b(?:animation|transition|scroll-behavior|@keyframes)\b", text)
        assert not found, f"{path.name}: {found}"
