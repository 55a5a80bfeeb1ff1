"""How sheets of paper are made: which rows, what travels with them, the same bytes each time, and what is refused."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from built import Built
from conftest import ROOT

from pe import page as pages
from pe.handouts import rows, typeset
from pe.handouts.content import Content
from pe.handouts.recipes import recipe_of
from pe.handouts.sheets import MOST_PAGES, Maker, Sheet, address, planned
from pe.handouts.text import Run, notes, runs, sections, sentences, words
from pe.judge.reading import Reading, read_all
from pe.ledger import CERTAINTIES
from pe.project import Project
from pe.site import Site

NONE, T_EX = frozenset[str](), frozenset({"t.ex."})


def blank() -> bytes:
    """A PDF of no pages."""
    file = io.BytesIO()
    pikepdf.new().save(file)
    return file.getvalue()


BLANK = blank()


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_all(Project(ROOT))[0]


@pytest.fixture(scope="module")
def site(reading: Reading) -> Site:
    return Site(reading)


def changed(reading: Reading, name: str, old: str, new: str, locale: str = "en") -> Site:
    """The site with a page in which some words are others."""
    path = ROOT / f"docs/{locale}/{name}.md"
    text = path.read_text("utf-8")
    assert re.search(old, text), f"{path} no longer holds {old}"
    page, _ = pages.parse(re.sub(old, lambda _: new, text, count=1), name, locale, f"docs/{locale}/{name}.md")
    return Site(replace(reading, pages={**reading.pages, locale: {**reading.pages[locale], name: page}}))


def sheet_of(site: Site, name: str, locale: str = "en", other: str = "") -> Sheet:
    page = site.pages[locale][name]
    return Sheet("two" if other else "sheet", page, address(site, page, f"{locale}-{other}" if other else ""), other)


def told(site: Site, name: str) -> list[str]:
    maker = Maker(site, typeset.Typesetter())
    assert maker.one(sheet_of(site, name)) is None, "a sheet was made all the same"
    return [str(one) for one in maker.complaints]


# The rule by which rows are chosen


def test_rows_are_those_that_we_are_most_sure_of_in_each_table(site: Site) -> None:
    for name, page in site.pages["en"].items():
        if not (recipe := recipe_of(page)) or not recipe.rows:
            continue
        cut = sections(page)
        chosen, everything = rows.choose(cut, site.ledger, recipe.rows)
        shown = sum(len(one.rows) for one in chosen)
        assert 0 < shown <= recipe.rows
        assert everything == sum(len(table.rows) for table in page.tables if any(row.notes for row in table.rows))
        for one in chosen:
            grades = {row.line: grade(row, one, site) for row in one.table.rows}
            kept = {row.line for row in one.rows}
            assert all(grades[line] <= CERTAINTIES.index("low") for line in kept), f"{name}: shows what is not known"
            left = [value for line, value in grades.items() if line not in kept]
            assert max(grades[line] for line in kept) <= min(left, default=9), f"{name}: a surer row was left out"


def grade(row: rows.Row, one: rows.Chosen, site: Site) -> int:
    return max(CERTAINTIES.index(site.ledger.claims[note].certainty) for note in notes(row.cells[one.columns[2]]))


def test_rows_are_the_same_in_every_language(site: Site) -> None:
    for name, page in site.pages["en"].items():
        if recipe := recipe_of(page):
            chosen = {
                locale: [
                    (one.section.id, one.table.rows.index(row))
                    for one in rows.choose(sections(twins[name]), site.ledger, recipe.rows)[0]
                    for row in one.rows
                ]
                for locale, twins in site.pages.items()
            }
            assert len({tuple(places) for places in chosen.values()}) == 1, f"{name}: {chosen}"


@pytest.mark.parametrize("row", ["| Rest | Helps. |", "| Rest | [^a-b] | Helps. |", "| Rest | Helps. | Late. | Never. |", ""])
def test_a_table_that_grades_nothing_stays_on_the_page(reading: Reading, row: str) -> None:
    header = row or "| Rest | Helps. | How sure | Care |"
    rule = "|---" * (header.count("|") - 1) + "|"
    table = "\n".join(one for one in (header, rule, row) if one)
    more = changed(reading, "muscle-spasms", r"(?=## What may help)", f"{table}\n\n")
    before, after = (rows.choose(sections(one.pages["en"]["muscle-spasms"]), one.ledger, 8) for one in (Site(reading), more))
    assert [len(one.rows) for one in after[0]] == [len(one.rows) for one in before[0]]
    assert after[1] == before[1]


def test_cautions_travel_with_the_rows_that_ask_for_them(site: Site) -> None:
    for locale in site.project.locales:
        for name, page in site.pages[locale].items():
            if not (recipe := recipe_of(page)):
                continue
            for number in (recipe.rows, recipe.two_rows):
                content = Content(site, page, recipe, number)
                content.data()
                shown = set(content.shown)
                for one in content.chosen:
                    cited = {note for row in one.rows for cell in row.cells for note in notes(cell)}
                    wanted = {caution for note in cited for caution in site.ledger.claims[note].caution}
                    assert wanted <= shown, f"{locale} {name}: {wanted - shown} left behind"


def test_the_pem_rule_stands_before_all_that_tells_to_move(site: Site) -> None:
    for locale in site.project.locales:
        for page in site.pages[locale].values():
            if recipe := recipe_of(page):
                content = Content(site, page, recipe, recipe.rows)
                content.data()
                assert list(content.complaints()) == []


# Text


def test_markdown_becomes_runs_without_markup() -> None:
    found = runs("Ask **first**: see [the *signs*](#now).[^a-b] Then [more](x.md#y)[^c]")
    assert words(found) == "Ask first: see the signs. Then more"
    assert notes(found) == ["a-b", "c"]
    assert Run("the signs", "#now") in found
    assert [words(one) for one in sentences(found, NONE)] == ["Ask first: see the signs.", "Then more"]


def test_pictures_are_left_out_and_their_words_stay() -> None:
    assert words(runs("![A person](../figures/x.svg) Roll onto your side.")) == "Roll onto your side."


def test_sentences_end_at_full_stops_and_keep_their_notes() -> None:
    found = list(sentences(runs("As above. Bottles burn: 1 of 85.[^b] È vero.[^c]"), NONE))
    assert [(words(one), notes(one)) for one in found] == [
        ("As above.", []),
        ("Bottles burn: 1 of 85.", ["b"]),
        ("È vero.", ["c"]),
    ]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    found = sentences(
        runs("Vänta. Fråga först om du tar läkemedel, t.ex. Alvedon eller [t.ex. Ipren. Vila](x.md).[^c] Drick."), T_EX
    )
    assert [(words(one), notes(one)) for one in found] == [
        ("Vänta.", []),
        ("Fråga först om du tar läkemedel, t.ex. Alvedon eller t.ex. Ipren.", []),
        ("Vila.", ["c"]),
        ("Drick.", []),
    ]


# Making


def test_all_sheets_made_anew_are_the_same_to_the_byte(site: Site, built: Built) -> None:
    made = Maker(site, typeset.Typesetter()).all()
    assert not made.complaints
    differ = [name for name, content in made.files.items() if (built.folder / name).read_bytes() != content]
    assert not differ, f"Different when made again: {differ}"


def test_a_changed_page_changes_its_own_sheets_and_no_others(reading: Reading, site: Site) -> None:
    other = changed(reading, "muscle-spasms", "You can rest now and try nothing", "You can rest today and try nothing")
    before, after = digests(site), digests(other)
    touched = {name for name in before if before[name] != after[name]}
    spasms = {
        one.address for one in planned(site) if one.page.name == "muscle-spasms" and "en" in (one.page.language, one.other)
    }
    assert touched == spasms


def digests(site: Site) -> dict[str, str]:
    """What each sheet would be kept under, by its address; nothing is made."""
    asked: dict[str, str] = {}

    class Asked(typeset.Typesetter):
        def found(self, order: typeset.Order) -> bytes | None:
            asked[sheet.address] = self.digest(order)
            return None

    maker = Maker(site, Asked(), only_kept=True)
    for sheet in planned(site):
        maker.one(sheet)
    return asked


def test_the_version_changes_with_the_content_and_not_with_the_address(
    reading: Reading, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(one: Site) -> str:
        page = one.pages["en"]["muscle-spasms"]
        recipe = recipe_of(page)
        assert recipe
        return str(Content(one, page, recipe, recipe.rows).data()["version"])

    before = version(site)
    assert version(changed(reading, "muscle-spasms", "You can rest now", "You may rest now")) != before
    monkeypatch.setenv("SITE_URL", "https://owner.github.io/REPO/")
    moved = Site(read_all(Project(ROOT))[0])
    assert moved.urls.absolute("en", "muscle-spasms").startswith("https://owner.github.io/REPO/")
    assert version(moved) == before


def test_what_was_made_once_is_not_made_again(site: Site, tmp_path: Path) -> None:
    kept = typeset.Kept(tmp_path)
    one = sheet_of(site, "get-help")
    content = Maker(site, typeset.Typesetter(kept)).one(one)
    assert content
    setter = typeset.Typesetter(kept)
    assert Maker(site, setter).one(one) == content
    assert not setter.compilers, "Typst was asked again"
    assert [file.suffix for file in tmp_path.iterdir()] == [".pdf"]


def test_two_builds_at_once_may_clear_the_same_folder(tmp_path: Path) -> None:
    (tmp_path / "0.part").symlink_to(tmp_path / "0.pdf")  # listed, and gone when it is looked at
    typeset.Kept(tmp_path).put("1", BLANK)
    typeset.Kept(tmp_path).clear()
    assert typeset.Kept(tmp_path).get("1") == BLANK


def test_a_file_that_another_build_removes_is_not_left_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, file = typeset.Kept(tmp_path), tmp_path / "1.pdf"
    kept.put("1", BLANK)

    def read_and_removed(path: Path) -> bytes:
        file.unlink()
        return BLANK

    monkeypatch.setattr(Path, "read_bytes", read_and_removed)
    assert kept.get("1") == BLANK
    assert not file.exists()


@pytest.mark.parametrize("content", [b"", b"half", BLANK[:200]])
def test_a_broken_file_is_made_anew(site: Site, tmp_path: Path, content: bytes) -> None:
    kept, one = typeset.Kept(tmp_path), sheet_of(site, "get-help")
    kept.put("1", content)
    assert kept.get("1") is None
    whole = Maker(site, typeset.Typesetter(kept)).one(one)
    for file in tmp_path.iterdir():
        file.write_bytes(content)
    assert Maker(site, typeset.Typesetter(kept)).one(one) == whole


def test_while_serving_nothing_is_made(site: Site, tmp_path: Path) -> None:
    setter = typeset.Typesetter(typeset.Kept(tmp_path))
    made = Maker(site, setter, only_kept=True).all()
    assert made.files == {} and made.sheets == () and not setter.compilers


# What is refused: one line that says where and what to do, and no file


def test_a_page_without_key_points_is_refused(reading: Reading) -> None:
    broken = changed(reading, "muscle-spasms", r"## In 30 seconds \{ #key-points \}", "## In 30 seconds { #short }")
    (line,) = told(broken, "muscle-spasms")
    assert line.startswith("docs/en/muscle-spasms.md:1  handout-section  ") and "{ #key-points }" in line
    made = Maker(broken, typeset.Typesetter()).all()
    assert made.files == {} and {one.rule for one in made.complaints} == {"handout-section"}


def test_a_text_too_long_for_two_pages_is_refused(reading: Reading) -> None:
    long = "\n".join(f"{number}. Rest now, if you need it, and rest again, for as long as you like." for number in range(6, 70))
    broken = changed(reading, "muscle-spasms", r"(?=\nNobody has studied the advice to try many)", long + "\n")
    (line,) = told(broken, "muscle-spasms")
    assert line.startswith("docs/en/muscle-spasms.md:1  handout-length  ")
    assert f"expected {MOST_PAGES['sheet']} at most" in line


def test_a_word_that_cannot_be_broken_is_refused_with_its_line(reading: Reading) -> None:
    word = "Xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    broken = changed(reading, "muscle-spasms", r"\| Warmth, warm baths \|", f"| {word} |")
    (line,) = told(broken, "muscle-spasms")
    number = next(n for n, text in enumerate(broken.pages["en"]["muscle-spasms"].text.split("\n")) if word in text)
    assert line.startswith(
        f"docs/en/muscle-spasms.md:{number + broken.pages['en']['muscle-spasms'].first_line}  handout-word  "
    )
    assert word in line


def test_a_character_that_no_font_has_is_refused(reading: Reading) -> None:
    (line,) = told(changed(reading, "muscle-spasms", "You can rest now", "You can ☃ rest now"), "muscle-spasms")
    assert line.startswith("docs/en/muscle-spasms.md:1  handout  ") and "☃" in line and "\n" not in line


def test_text_that_looks_like_code_is_only_text(reading: Reading, tmp_path: Path) -> None:
    odd = '#panic("x") $x$ @now <now> \\ "quoted" {brace}'
    content = Maker(changed(reading, "muscle-spasms", "You can rest now", odd), typeset.Typesetter()).one(
        sheet_of(changed(reading, "muscle-spasms", "You can rest now", odd), "muscle-spasms")
    )
    assert content and content.startswith(b"%PDF-1.7")
