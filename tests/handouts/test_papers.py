"""What each sheet of paper promises, read from its file and compared with the page of the site that it comes from."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache, cached_property

import pypdfium2
import pytest
import yaml
from built import Built, Page, Tag
from conftest import ROOT
from paper import Paper, plain, read, texts, title, without_marks

A4 = (595.28, 841.89)  # points, ISO 216
MOST_BYTES = 100_000
NAMES = ("treatments", "supplements", "activity-and-pem", "get-help", "talk-to-your-doctor")  # beside the topic pages


@cache
def strings(locale: str) -> dict[str, str]:
    loaded = yaml.safe_load((ROOT / f"translations/{locale}.yml").read_text("utf-8"))
    return {key: one["text"] if isinstance(one, dict) else one for key, one in loaded.items()}


@dataclass(frozen=True)
class Handed:
    """A sheet of paper, the page that links to it as its own, and whether it is in large print or in two languages."""

    paper: Paper
    page: Page
    other: Page | None
    large: bool

    @property
    def pages(self) -> list[Page]:
        return [one for one in (self.page, self.other) if one]

    @cached_property
    def grades(self) -> list[str]:
        return grades_of(self.page.locale)

    def __str__(self) -> str:
        return self.paper.path.name


def grades_of(locale: str) -> list[str]:
    return [strings(locale)[f"sure.{grade}"] for grade in ("high", "moderate", "low", "very_low", "none")]


def own_links(page: Page) -> list[Tag]:
    return [tag for tag in page.all("a") if tag.inside(".pe-sheets")]


@pytest.fixture(scope="session")
def handed(built: Built) -> list[Handed]:
    """Every sheet of the site, found as a reader finds it: by the link on its page."""
    found = []
    for page in built.pages:
        links = [(tag, url) for tag, url, _ in built.links(page) if tag.inside(".pe-sheets")]
        for _, url in links:
            paper = Paper(built.file(url))
            said = [code for code in paper.codes if code in built.by_url]
            other = built.by_url[said[1]] if len(said) > 1 else None
            found.append(Handed(paper, page, other, large=strings(page.locale)["handout.file_large"] in url))
    return found


def faults(found: list[str]) -> str:
    return "\n".join(["", *found[:30]])


def test_every_page_that_should_have_sheets_has_them_in_every_language(built: Built, handed: list[Handed]) -> None:
    locales = built.locales
    topics = [path.stem for path in (ROOT / "docs/en").glob("*.md") if "kind: topic" in path.read_text("utf-8")]
    single = [one for one in handed if one.other is None]
    assert len([one for one in single if not one.large]) == len(locales) * len([*topics, *NAMES])
    assert len([one for one in single if one.large]) == len(locales) * len([*topics, *NAMES])
    pairs = {(one.page.locale, one.other.locale, one.page.url) for one in handed if one.other}
    assert len(pairs) == len(list(itertools.permutations(locales, 2))) * len(topics)


def test_the_page_of_sheets_lists_every_file_in_every_language(built: Built) -> None:
    files = set(built.folder.rglob("*.pdf"))
    assert files
    for locale in built.locales:
        listing = next(page for page in built.of(locale) if "two-languages" in page.ids and "sheets" in page.ids)
        listed = {built.file(url) for _, url, _ in built.links(listing) if url.endswith(".pdf")}
        assert listed == files, f"{listing}: {faults(sorted(str(one) for one in files ^ listed))}"
        sizes = re.findall(r"(\d+) kB", listing.html)
        assert len(sizes) == len(files)


def test_codes_lead_to_the_same_page_in_the_same_language(built: Built, handed: list[Handed]) -> None:
    wrong = [
        f"{one}: reads {one.paper.codes}, expected {[page.url for page in one.pages]}"
        for one in handed
        if one.paper.codes != [page.url for page in one.pages]
        or not all(page.file.is_file() for page in one.pages)
        or len(one.paper.root.all("Figure")) != len(one.pages)
    ]
    assert not wrong, faults(wrong)


def test_codes_lead_below_the_path_of_a_project(built_below: Built) -> None:
    page = next(page for page in built_below.pages if own_links(page))
    url = next(url for tag, url, _ in built_below.links(page) if tag.inside(".pe-sheets"))
    assert Paper(built_below.file(url)).codes == [page.url]
    assert page.url.startswith("https://owner.github.io/REPO/")


@pytest.mark.parametrize("id_", ["key-points", "now", "soon", "doctor", "pem-first", "steps", "save-energy", "what-to-say"])
def test_a_sheet_says_the_same_as_its_page_word_for_word(handed: list[Handed], id_: str) -> None:
    wrong, compared = [], 0
    for one in handed:
        if one.other or id_ not in one.page.ids or (id_ == "what-to-say" and "numbers" not in one.page.ids):
            continue
        if id_ == "pem-first" and "crisis" in one.page.ids:
            continue
        on_page = texts(one.page, id_, items_only=id_ in ("now", "soon", "doctor"))
        on_paper = [without_marks(text, one.grades) for text in one.paper.under(title(one.page, id_))]
        on_paper = on_paper[: len(on_page)] if id_ in ("now", "soon", "pem-first") else on_paper
        compared += 1
        if on_paper != on_page:
            odd = next((pair for pair in itertools.zip_longest(on_paper, on_page) if pair[0] != pair[1]), None)
            wrong.append(f"{one}: #{id_}: paper and page differ: {odd}")
    assert compared
    assert not wrong, faults(wrong)


@pytest.mark.parametrize("id_", ["key-points", "now", "soon", "doctor", "pem-first", "steps"])
def test_a_sheet_in_two_languages_says_the_same_as_both_pages(handed: list[Handed], id_: str) -> None:
    wrong = []
    for one in handed:
        for number, page in enumerate(one.pages if one.other else []):
            cells = [re.sub(r"^\d+\. ?", "", without_marks(text, grades_of(page.locale))) for text in one.paper.column(number)]
            place = 0
            for text in texts(page, id_, items_only=id_ in ("now", "soon", "doctor")):
                if text not in cells[place:]:
                    wrong.append(f"{one}: column {number + 1}: “{text}” is not there, or out of order")
                    break
                place = cells.index(text, place) + 1
    assert not wrong, faults(wrong)


def test_every_sheet_shows_the_numbers_of_all_countries(handed: list[Handed]) -> None:
    help_ = yaml.safe_load((ROOT / "docs/evidence/help.yml").read_text("utf-8"))
    numbers = {line["number"].replace(" ", "") for country in help_.values() for kind in ("emergency", "advice")
               for line in country[kind]}  # fmt: skip
    for one in handed:
        dialled = {address.removeprefix("tel:") for address, _ in one.paper.links if address.startswith("tel:")}
        assert numbers <= dialled, f"{one}: {numbers - dialled} missing"


def test_whom_to_call_stands_before_the_signs_and_on_the_same_sheet_as_the_call(handed: list[Handed]) -> None:
    help_ = yaml.safe_load((ROOT / "docs/evidence/help.yml").read_text("utf-8"))
    numbers = {line["number"] for country in help_.values() for line in country["emergency"]}
    wrong = []
    for one in handed:
        step, sign = title(one.page, "now"), texts(one.page, "now", items_only=True)[0].split()[-1]
        sheets = [plain(sheet.get_textpage().get_text_bounded()) for sheet in pypdfium2.PdfDocument(one.paper.path)]
        here = next((sheet.partition(step)[2] for sheet in sheets if step in sheet), "")
        before, found, _ = here.partition(sign)
        late = [number for number in numbers if number not in before]
        if late or not found:
            wrong.append(f"{one}: after “{step}” {late} stands on another sheet, or after the first sign")
    assert not wrong, faults(wrong)


def test_danger_stands_before_help_and_the_pem_rule_before_tables_and_steps(handed: list[Handed]) -> None:
    wrong = []
    for one in handed:
        order = [plain(node.text) for node in one.paper.root.all("H1", "H2", "H3")]
        page = one.page

        def place(id_: str, order: list[str] = order, page: Page = page) -> int:
            return next((n for n, text in enumerate(order) if text.split(" · ")[0] == title(page, id_)), -1)

        marks = [place(id_) for id_ in ("get-help-now", "pem-first", "steps") if id_ in page.ids]
        marks = [mark for mark in marks if mark >= 0]
        if marks != sorted(marks) or place("get-help-now") > 3:
            wrong.append(f"{one}: order of headings {order}")
        kinds = [node.kind for node in one.paper.root.walk() if node.kind in ("H2", "H3", "TH")]
        if "pem-first" in page.ids and not one.other and "TH" in kinds and kinds.index("TH") < place("pem-first"):
            wrong.append(f"{one}: a table stands before the PEM rule")
    assert not wrong, faults(wrong)


def test_rows_on_paper_are_rows_of_the_page(handed: list[Handed]) -> None:
    wrong, rows = [], 0
    for one in handed:
        if one.other or one.large or {"diary", "questions-last"} <= set(one.page.ids):
            continue
        cells = {plain(tag.text) for tag in read(one.page) if tag.name in ("td", "th")}
        labels = {tag.text for tag in read(one.page) if tag.has_class("pe-label")}
        cells |= {plain(cell.removeprefix(label)) for cell in cells for label in labels if cell.startswith(label)}
        for row in one.paper.root.all("TR"):
            found = [without_marks(cell.text, one.grades) for cell in row.all("TD")]
            if len(found) == 4:
                rows += 1
                wrong += [f"{one}: “{text}” is no cell of the page" for text in found[:2] if text not in cells]
                if not any(found[3].startswith(cell) for cell in cells if cell):
                    wrong.append(f"{one}: “{found[3]}” does not begin with a cell of the page")
    assert rows > 50
    assert not wrong, faults(wrong)


def test_sheets_are_a4_and_of_few_pages_and_small(handed: list[Handed]) -> None:
    wrong = []
    for one in handed:
        boxes = {tuple(round(float(number), 2) for number in page.mediabox) for page in one.paper.pdf.pages}
        if boxes != {(0, 0, *A4)}:
            wrong.append(f"{one}: pages of {boxes}")
        most = 16 if one.large else 3 if one.other else 2
        if len(one.paper.pdf.pages) > most:
            wrong.append(f"{one}: {len(one.paper.pdf.pages)} pages, expected {most}")
        if (size := one.paper.path.stat().st_size) > MOST_BYTES:
            wrong.append(f"{one}: {size} bytes")
    assert not wrong, faults(wrong)


def test_sheets_carry_the_marks_of_pdf_ua(handed: list[Handed]) -> None:
    """ISO 14289-1: tagged, with title, language, bookmarks, described pictures and links, and all fonts inside."""
    wrong = []
    for one in handed:
        pdf, root = one.paper.pdf, one.paper.root
        with pdf.open_metadata() as marks:
            if str(marks.get("pdfuaid:part")) != "1":
                wrong.append(f"{one}: no pdfuaid:part")
            if plain(title_of(one.page)) not in str(marks.get("dc:title")):
                wrong.append(f"{one}: title {marks.get('dc:title')}")
        if str(pdf.Root.Lang) != one.page.locale or not bool(pdf.Root.MarkInfo.Marked):
            wrong.append(f"{one}: language {pdf.Root.get('/Lang')}")
        if not bool(pdf.Root.ViewerPreferences.DisplayDocTitle):
            wrong.append(f"{one}: shows its file name in the place of its title")
        if len(one.paper.bookmarks) < 1 or one.paper.unembedded:
            wrong.append(f"{one}: bookmarks {one.paper.bookmarks}, fonts not inside {one.paper.unembedded}")
        if any(not figure.alternative for figure in root.all("Figure")):
            wrong.append(f"{one}: a picture without alternative text")
        if any(not description for _, description in one.paper.links):
            wrong.append(f"{one}: a link without description")
        if len(root.all("H1")) != 1 or not root.all("H2") or not root.all("L", "Table"):
            wrong.append(f"{one}: tags {sorted({node.kind for node in root.walk()})}")
        if one.other and one.other.locale not in {node.locale for node in root.all("TD")}:
            wrong.append(f"{one}: its second language is not marked")
        wrong += [f"{one}: page {n} is not in the order of its tags" for n, page in enumerate(pdf.pages, 1)
                  if page.get("/Annots") and page.get("/Tabs") != "/S"]  # fmt: skip
    assert not wrong, faults(wrong)


def title_of(page: Page) -> str:
    return page.one("h1").text


def test_links_on_paper_lead_to_pages_and_sections_that_exist(built: Built, handed: list[Handed]) -> None:
    wrong = []
    for one in handed:
        for address, _ in one.paper.links:
            url, _, section = address.partition("#")
            if address.startswith("tel:") and address[4:].isdigit():
                continue
            if url not in built.by_url or (section and section not in built.by_url[url].ids):
                wrong.append(f"{one}: {address}")
            elif built.by_url[url].locale not in [page.locale for page in one.pages]:
                wrong.append(f"{one}: {address} is in another language")
    assert not wrong, faults(wrong)


def test_each_sheet_says_when_it_was_checked_and_who_signed(handed: list[Handed]) -> None:
    for one in handed:
        words = plain(one.paper.root.text)
        for page in one.pages:
            t = strings(page.locale)
            approved = next(tag for tag in page.all("dd") if tag.inside(".pe-signed__line"))
            assert approved.text in words, f"{one}: not who approved it"
            assert plain(page.one("time").text) in words, f"{one}: no day of checking"
            assert t["handout.again"].split("{")[0].strip() in words, str(one)
            assert page.url in words.replace(" ", ""), f"{one}: no address"
            assert t["handout.notes"] in words, f"{one}: no room for notes"


def test_another_reader_program_finds_the_same_key_points_and_danger_signs(handed: list[Handed]) -> None:
    """PDFium, which Chromium shows PDFs with, reads the letters as they lie on the paper."""
    wrong = []
    for one in handed:
        if one.other:
            continue
        letters = bare("".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(one.paper.path)))
        for id_ in ("key-points", "now", "soon", "doctor"):
            if id_ in one.page.ids:
                wrong += [f"{one}: “{text}”" for text in texts(one.page, id_, items_only=True) if bare(text) not in letters]
    assert not wrong, faults(wrong)


def bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
