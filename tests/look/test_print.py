"""Any page on A4: black on white, its address, the day it was checked, its sources; no menus, nothing torn apart."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from built import Built, Page
from eyes import LOCALES, PHONE, Walk, tab
from PIL import ImageChops
from playwright.sync_api import Browser

A4 = (595, 842)
FOOT = 18 / 25.4 * 72  # margin below, in points
GONE = (
    ".pe-tools, .pe-langs, .pe-settings, .pe-depth, .pe-toc, .pe-share, .pe-skip, .pe-foot, .pe-way, .pe-listen, .pe-stop, "
    ".pe-sheets, .pe-signed a, button, nav, input, select"
)
INSIDE = 642  # px between the margins of A4
# What must stand on one sheet: the words before a figure and the first below its drawings; all days of a diary.
TOGETHER = """() => {
    const words = one => {
        const copy = one.cloneNode(true);
        copy.querySelectorAll('.pe-sure').forEach(mark => mark.remove());
        return copy.textContent.trim();
    };
    const figures = [...document.querySelectorAll(':not(:is(h1, h2, h3)) + .pe-figure')].filter(words);
    const diaries = [...document.querySelectorAll('.pe-table')].filter(one => one.querySelector('.pe-blank'));
    return figures.map(one => [words(one.previousElementSibling).slice(-25), words(one).slice(0, 25)])
        .concat(diaries.map(one => [...one.querySelectorAll('tbody th')].map(words)));
}"""


@dataclass(frozen=True)
class Line:
    """A printed line: its words, the size of its letters, where it stands on the sheet."""

    text: str
    size: float
    bottom: float


def lines(sheet: pdfium.PdfPage) -> list[Line]:
    """The lines of a sheet from top to bottom; letters of one height belong together."""
    text = sheet.get_textpage()
    found: dict[int, list[tuple[float, str, float, float]]] = {}
    for at in range(text.count_chars()):
        letter = chr(pdfium_c.FPDFText_GetUnicode(text, at))
        if letter.strip():
            x, y = ctypes.c_double(), ctypes.c_double()
            pdfium_c.FPDFText_GetCharOrigin(text, at, x, y)
            size = pdfium_c.FPDFText_GetFontSize(text, at)
            found.setdefault(round(y.value), []).append((x.value, letter, size, y.value))
    return [
        Line("".join(letter for _, letter, _, _ in sorted(row)), max(size for _, _, size, _ in row), row[0][3])
        for _, row in sorted(found.items(), reverse=True)
    ]


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u00ad", "").replace("-", "").replace("\u2010", "")


def coloured(sheet: pdfium.PdfPage) -> tuple[float, float]:
    """Shares of a sheet that are coloured, and that are neither white nor nearly so."""
    red, green, blue = sheet.render(scale=0.5).to_pil().convert("RGB").split()
    tinted = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue)).histogram()
    return sum(tinted[24:]) / sum(tinted), sum(green.histogram()[:230]) / sum(tinted)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_prints_well(built: Built, serve: Callable[[Built], str], browser: Browser, locale: str) -> None:
    """Printed from a dim screen at the shortest depth, which must not matter on paper."""
    walk = Walk(built, serve(built), locale)
    with tab(browser, PHONE, color_scheme="dark") as page:
        page.add_init_script("localStorage.setItem('pe-depth', '1')")
        for path in walk.pages(page):
            if page.query_selector(".pe-page--search"):
                continue  # holds nothing but the search
            page.emulate_media(media="print")
            left = page.eval_on_selector_all(GONE, "all => all.filter(one => one.checkVisibility()).map(probes.name)")
            walk.tell(f"{path} on paper", [f"{one} is printed" for one in left])
            titles = page.eval_on_selector_all(
                "main :is(h1, h2, h3, h4)", "all => all.filter(one => one.checkVisibility()).map(one => one.innerText)"
            )
            hidden = page.eval_on_selector_all(
                "main :is(.pe-d2, .pe-d3)", "all => all.filter(one => !one.checkVisibility()).map(probes.name)"
            )
            walk.tell(f"{path} on paper", [f"{one} is missing" for one in hidden])
            page.set_viewport_size({"width": INSIDE, "height": 900})
            walk.tell(f"{path} on paper", page.evaluate("probes.torn('.pe-table, .pe-chart', 16)"))
            document = pdfium.PdfDocument(page.pdf(format="A4", print_background=False, prefer_css_page_size=True))
            walk.tell(f"{path} on paper", sheets(document, titles, built.by_url[built.address + path[1:]]))
            walk.tell(f"{path} on paper", apart(document, page.evaluate(TOGETHER)))
            page.set_viewport_size({"width": PHONE, "height": 900})
    walk.done()


def apart(document: pdfium.PdfDocument, groups: list[list[str]]) -> list[str]:
    """The groups of words that do not stand on one sheet."""
    printed = [squeezed(sheet.get_textpage().get_text_range()) for sheet in document]
    return [
        f"{group} stand apart" for group in groups if not any(all(squeezed(one) in text for one in group) for text in printed)
    ]


def sheets(document: pdfium.PdfDocument, titles: list[str], page: Page) -> list[str]:
    """The faults of a printed page."""
    faults, everything = [], ""
    headings = {squeezed(one.replace("#", "")) for one in titles}
    for number, sheet in enumerate(document, start=1):
        if tuple(map(round, sheet.get_size())) != A4:
            faults.append(f"sheet {number} is {sheet.get_size()} points")
        rows = lines(sheet)
        everything += squeezed(sheet.get_textpage().get_text_range())  # in the order of the page: sources stand in two columns
        colour, ink = coloured(sheet)
        if colour > 0.001:
            faults.append(f"sheet {number}: {colour:.1%} of it is coloured")
        if ink > 0.4:
            faults.append(f"sheet {number}: {ink:.0%} of it is dark")
        last = squeezed(rows[-1].text) if rows else ""
        if number < len(document) and last and any(one.endswith(last) for one in headings) and last in headings:
            faults.append(f"sheet {number} ends with the heading “{rows[-1].text}”")
        if rows and rows[-1].bottom < FOOT - 12:
            faults.append(f"sheet {number}: “{rows[-1].text[:40]}” stands in the margin")
    if squeezed(page.url) not in everything:
        faults.append("its address is not printed")
    checked = [tag.text for tag in page.all("time")]
    if not any(squeezed(day) in everything for day in checked):
        faults.append(f"the day it was checked is not printed ({checked})")
    sources = [tag.text for tag in page.all("li") if tag.get("id").isdecimal()]
    if "two-minutes" in page.ids and not sources:
        faults.append("no source was found on it")
    missing = [one for one in sources if squeezed(one).replace(";", "")[-12:] not in everything.replace(";", "")]
    faults += [f"a source is not printed: {one[:60]}" for one in missing[:3]]
    return faults
