"""Readings: signed by people alone, bound to words and claims, lost by no merge, clone or clock."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from signing import DAY, PAGE, ROOT, Sign, edit, git, reading_of, states

from pe.complaint import report
from pe.fresh import approval, digest, sign, stamps, state
from pe.judge import judged


def test_a_reading_is_signed_after_it_was_shown(root: Path, read: Sign) -> None:
    status, printed = read("sv/back-pain", "--by", "AB", *DAY)
    assert status == 2
    assert "docs/sv/back-pain.md, key-points: read by nobody yet" in printed
    code = re.findall(r"--seen (\w+)", printed)[-1]
    assert not (root / "docs/evidence/read").exists()
    status, printed = read("sv/back-pain", "--by", "AB", "--seen", code, *DAY)
    assert (status, printed.splitlines()[-1]) == (0, "Signed: docs/evidence/read/sv/back-pain.yml")
    assert set(states(root, "sv").values()) == {"fresh"}
    assert set(states(root, "en").values()) == {"unread"}
    assert report(judged(root)[1]) == ""
    status, printed = read("sv/back-pain")
    assert (status, printed[:35]) == (0, "Nothing changed since it was read. ")


def test_what_was_shown_is_what_is_signed(root: Path, read: Sign) -> None:
    _, printed = read("sv/back-pain", "--by", "AB", *DAY)
    code = re.findall(r"--seen (\w+)", printed)[-1]
    edit(root / PAGE, "## ", "## Now ")
    status, printed = read("sv/back-pain", "--by", "AB", "--seen", code, *DAY)
    assert status == 2
    assert "What you were shown has changed since. Nothing was signed." in printed


@pytest.mark.parametrize("change", [
    lambda text: text.replace("\n\n", "\n\n\n"),
    lambda text: text.replace("\n", "\r\n"),
    lambda text: re.sub(r"(?<=\w) (?=\w)", "  ", text),
    lambda text: re.sub(r"(?m)(?<=[a-z.])$", "  ", text),
    lambda text: re.sub(r"(?m)^([A-Z][^|\n]{30,}?) (?=[a-z])", r"\1\n", text, count=3),
], ids=["blank lines", "line ends of Windows", "blanks", "blanks at the end", "line breaks in a sentence"])  # fmt: skip
def test_white_space_and_line_breaks_change_nothing(change: Callable[[str], str], root: Path, signed: Sign) -> None:
    signed("sv/back-pain")
    signed("en/back-pain")
    for path in (root / PAGE, root / "docs/sv/back-pain.md"):
        front, body = path.read_text("utf-8").split("\n---\n", 1)
        changed = change(body)
        assert changed != body
        path.write_bytes(f"{front}\n---\n{changed}".encode())
    assert set(states(root, "sv").values()) == {"fresh"}
    assert set(states(root, "en").values()) == {"fresh"}


def test_the_translator_sees_what_changed_sentence_by_sentence(root: Path, read: Sign, signed: Sign) -> None:
    signed("sv/back-pain")
    lines = (root / PAGE).read_text("utf-8").split("\n")
    at = next(at for at, line in enumerate(lines) if "[^lifting-technique]" in line)
    old, lines[at] = lines[at], "Nobody knows how to lift, and there is doubt.[^lifting-technique]"
    (root / PAGE).write_text("\n".join(lines), "utf-8")
    assert [name for name, found in states(root, "sv").items() if found == "behind"] == ["two-minutes"]
    status, printed = read("sv/back-pain")
    assert status == 0
    assert "docs/sv/back-pain.md, two-minutes: read on 2026-12-01 by AB" in printed
    assert "- then en: (a sentence that this clone does not remember)" in printed
    assert f"+ now  en: Nobody knows how to lift, and there is doubt.[^lifting-technique]   ({PAGE}:{at + 1})" in printed
    ours = (root / "docs/sv/back-pain.md").read_text("utf-8").split("\n")[at]
    assert f"= here sv: {ours}   (docs/sv/back-pain.md:{at + 1})" in printed
    assert old not in printed
    assert "./dev read sv/back-pain --by XY" in printed


def test_a_clone_that_remembers_shows_the_old_sentence_and_one_that_does_not_signs_as_well(
    root: Path, read: Sign, signed: Sign, tmp_path: Path
) -> None:
    signed("sv")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "all")
    edit(root / PAGE, "[^lifting-technique]", " Really.[^lifting-technique]")
    git(root, "commit", "-qam", "edit")
    assert "- then en: (a sentence" not in read("sv/back-pain")[1]
    assert "- then en: " in read("sv/back-pain")[1]
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    shallow = tmp_path / "shallow"
    status, printed = read("sv/back-pain", at=shallow)
    assert status == 0
    assert "- then en: (a sentence that this clone does not remember)" in printed
    assert "+ now  en: " in printed
    assert signed("sv/back-pain", at=shallow)[0] == 0
    git(root, "checkout", "-q", "--orphan", "squashed")
    git(root, "commit", "-qm", "squashed")
    assert states(root, "sv")["two-minutes"] == "behind"
    assert set(states(shallow, "sv").values()) == {"fresh"}


def test_a_claim_that_is_newer_than_its_pages_stops_the_build(root: Path, read: Sign, signed: Sign) -> None:
    for language in ("en", "sv", "it"):
        signed(language)
    edit(root / "docs/evidence/claims.yml", "lifting-technique:\n  statement: ", "lifting-technique:\n  statement: Today, ")
    found = judged(root)[1]
    assert {one.rule for one in found} == {"claim-newer"}
    assert len(found) == 6
    assert found[0].text == (
        "`lifting-technique` was changed after `two-minutes` was read on 2026-12-01 by AB. Read the section against the claim,"
        " mend it where it must be, and run ./dev read en/back-pain --section 'two-minutes' --by XY."
    )
    assert "[lifting-technique] changed: Today, " in read("sv/back-pain", "--section", "two-minutes")[1]
    assert signed("--claim", "lifting-technique")[0] == 0
    assert report(judged(root)[1]) == ""


def test_a_clock_that_is_wrong_signs_nothing(root: Path, read: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    for year in (2031, 2020):

        class Wrong(date):
            @classmethod
            def today(cls) -> date:
                return date(year, 5, 4)  # noqa: B023

        monkeypatch.setattr(sign, "date", Wrong)
        status, printed = read("sv/back-pain", "--by", "AB")
        assert status == 2
        assert printed.splitlines()[-1] == (
            f"The clock of this machine says {year}-05-04, the newest day in the pages is 2026-11-21. Nothing was signed."
            " Set the clock, or say the day yourself: --on 2026-11-21."
        )


def test_a_page_that_was_renamed_keeps_its_readings(root: Path, signed: Sign) -> None:
    signed("sv/back-pain")
    for language in ("en", "sv", "it"):
        (root / f"docs/{language}/back-pain.md").rename(root / f"docs/{language}/spine.md")
    lost = [str(one) for one in judged(root)[1] if one.rule == "reading-lost"]
    assert lost == [
        "docs/evidence/read/sv/back-pain.yml:1  reading-lost  there is no page `back-pain` in `sv`."
        " Rename it to spine.yml, as the page was."
    ]
    (root / "docs/evidence/read/sv/back-pain.yml").rename(root / "docs/evidence/read/sv/spine.yml")
    assert not [one for one in judged(root)[1] if one.rule == "reading-lost"]
    assert set(states(root, "sv", "spine").values()) == {"fresh"}


def test_two_people_who_read_different_sections_at_once_lose_nothing(root: Path, signed: Sign, tmp_path: Path) -> None:
    signed("sv/back-pain")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "all")
    names = list(states(root, "sv"))
    first, second = tmp_path / "first", tmp_path / "second"
    for place, (clone, by) in enumerate(((first, "CD"), (second, "EF"))):
        git(tmp_path, "clone", "-q", str(root), clone.name)
        for name in names[2 + place : 8 : 2]:  # sections beside each other
            assert signed("sv/back-pain", "--section", name, by=by, at=clone)[0] == 0
        git(clone, "commit", "-qam", by)
    git(second, "fetch", "-q", str(first), "main")
    git(second, "merge", "-q", "-m", "both", "FETCH_HEAD")
    found, complaints = stamps.load(second / "docs/evidence/read/sv/back-pain.yml", "x")
    assert complaints == []
    assert [found[name].by for name in names[:8]] == ["AB", "AB", "CD", "EF", "CD", "EF", "CD", "EF"]


def test_a_claim_that_is_retired_while_pages_cite_it_is_one_line_a_sentence(root: Path, signed: Sign) -> None:
    signed("sv/back-pain")
    edit(root / "docs/evidence/claims.yml", "lifting-technique:", "lifting-renamed-now:")
    found = [str(one) for one in judged(root)[1] if one.rule == "footnote-unknown"]
    assert len(found) == 6
    assert found[0].endswith(
        "unknown footnote `[^lifting-technique]`. The claim is gone, but the page still says it: remove or rewrite the sentence"
        " in every language."
    )


def test_a_language_that_is_given_up_keeps_readings_and_addresses(root: Path, signed: Sign) -> None:
    signed("it/back-pain")
    edit(root / "mkdocs.yml", "{locale: it, name: Italiano}", "{locale: it, name: Italiano, build: false}")
    assert report(judged(root)[1]) == ""
    reading = reading_of(root)
    assert dict(reading.slugs.retired(reading.project.retired))["it/mal-di-schiena/"] == "back-pain"


def test_an_approval_is_of_what_was_approved(root: Path, signed: Sign) -> None:
    assert approval.main(("sv/back-pain", "--name", "Test Name", "--profession", "test", *DAY), root) == 0
    assert report(judged(root)[1]) == ""

    def found() -> state.Approval:
        reading = reading_of(root)
        one = state.approval_of(reading, reading.pages["sv"]["back-pain"])
        assert one
        return one

    assert found() == state.Approval("Test Name", "test", date(2026, 12, 1), is_current=True)
    edit(root / "docs/sv/back-pain.md", "\n\n", "\n\n\n")
    assert found().is_current
    edit(root / "docs/evidence/claims.yml", "lifting-technique:\n  statement: ", "lifting-technique:\n  statement: Today, ")
    assert not found().is_current
    assert approval.main(("sv/back-pain", "--name", "Other Name", "--profession", "test", *DAY), root) == 0
    assert found() == state.Approval("Other Name", "test", date(2026, 12, 1), is_current=True)
    assert (root / "docs/sv/back-pain.md").read_text("utf-8").count("approved:") == 1


def test_an_approval_changes_nothing_else_in_the_file(root: Path, read: Sign) -> None:
    """However the marks of the front matter are written, as long as the judge takes them."""
    path = root / "docs/sv/back-pain.md"
    before = path.read_text("utf-8")
    path.write_text(before.replace("---\n", "--- \n", 2), "utf-8")
    for _ in "once", "again":
        assert approval.main(("sv/back-pain", "--name", "Test Name", "--profession", "test", *DAY), root) == 0
        assert report(judged(root)[1]) == ""
    assert approval.BLOCK.sub("", path.read_text("utf-8")) == before


def test_every_section_has_a_name_of_its_own() -> None:
    reading = reading_of(ROOT)
    for page in reading.all_pages:
        names = [digest.key_of(one) for one in page.sections]
        assert len(names) == len(set(names)), page.path
