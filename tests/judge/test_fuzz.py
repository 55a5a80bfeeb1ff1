"""Whatever people write, the judge gives complaints of one clear line each, or none; never a traceback.

How to try ten thousand examples of each: tests/written.py.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import ANYTHING, SCRAPS, edited, examples, misshapen, tidy, unclear

from pe import front, ledger, page, readability, slugs, strings, style
from pe.fresh import digest, stamps
from pe.fresh.state import stamp_of
from pe.judge import judge, judged
from pe.judge.reading import read_all
from pe.project import Project
from pe.search import lay_words

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LEDGER = tuple(f"docs/evidence/{name}.yml" for name in ledger.FILES)
OTHERS = (
    "mkdocs.yml",
    "docs/evidence/read/en/back-pain.yml",
    "translations/en.yml",
    "translations/sv.yml",
    "translations/style.yml",
    "translations/search.en.yml",
    "translations/search.sv.yml",
)
READ = """key-points:
  read: 2026-11-21
  by: XY
  text: '0a1b2c3d'
  sentences: >-
    0a1b2c3d
  claims:
    heat-back-pain: '0a1b2c3d'
  seal: '0a1b2c3d'
"""
SEALED = "translations/slugs.yml"
PAGES = tuple(
    f"docs/{language}/{name}.md"
    for language in ("en", "sv")
    for name in ("back-pain", "glossary", "index", "sources", "what-the-articles-said")
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project without faults, with readings of one page."""
    root = tmp_path_factory.mktemp("fuzz") / "project"
    shutil.copytree(HERE / "sample", root)
    shutil.copy(ROOT / "docs/evidence/schema.json", root / "docs/evidence/schema.json")
    reading, _ = read_all(Project(root))
    one = reading.pages["en"]["back-pain"]
    found = {name: stamp_of(reading, one, name, one.checked, "XY") for name in digest.sections_of(one)}
    path = stamps.path_of(reading.project, "en", "back-pain")
    path.parent.mkdir(parents=True)
    path.write_text(stamps.written(found, found), "utf-8")
    assert judge(root) == []
    return root


class Changed:
    """A file of the project with another content for a while."""

    def __init__(self, root: Path, name: str, content: str | bytes) -> None:
        self.path = root / name
        self.content = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")

    def __enter__(self) -> None:
        self.kept = self.path.read_bytes()
        self.path.write_bytes(self.content)

    def __exit__(self, *_: object) -> None:
        self.path.write_bytes(self.kept)


def original(name: str) -> str:
    """A file of the sample, the readings but for their digests."""
    path = HERE / "sample" / name
    if path.is_file():
        return path.read_text("utf-8")
    return READ


def one_of(names: tuple[str, ...], *, yml: bool) -> st.SearchStrategy[tuple[str, str]]:
    """One of the files after somebody's slips: (name, content)."""

    def slips(name: str) -> st.SearchStrategy[tuple[str, str]]:
        text = original(name)
        ways = [edited(text), SCRAPS, *([misshapen(text)] * 3 if yml else [edited(text)] * 2)]
        return st.tuples(st.just(name), st.one_of(ways))

    return st.sampled_from(names).flatmap(slips)


def told(root: Path, name: str, content: str | bytes) -> None:
    """Judge the project with this content of a file: every complaint must be clear."""
    with Changed(root, name, content):
        assert unclear(judge(root)) == []


FOUND = [  # what broke the judge once
    ("docs/evidence/articles.yml", "[1]", f"[{'1' * 4400}]"),
    ("docs/evidence/references.yml", "year: ", f"year: {'1' * 4400}"),
    ("translations/style.yml", "limit: ", f"limit: {'1' * 4400}"),
    ("mkdocs.yml", "locale: it", "locale: '*'"),
    ("mkdocs.yml", "locale: it", "locale: ../it"),
    ("translations/slugs.yml", "lang: it", 'lang: "\\x1f"'),
    ("translations/search.en.yml", "leads:\n", "leads:\n  '#': lumbago\n  'back-pain#': lower back\n"),
]


@pytest.mark.parametrize(("name", "find", "put"), FOUND)
def test_what_broke_the_judge_once_is_told_in_clear_lines(sample: Path, name: str, find: str, put: str) -> None:
    text = original(name)
    assert find in text
    told(sample, name, text.replace(find, put))


@examples(40)
@given(changed=one_of(LEDGER, yml=True))
def test_any_slip_in_the_ledger_is_told_in_clear_lines(sample: Path, changed: tuple[str, str]) -> None:
    told(sample, *changed)


@examples(60)
@given(changed=one_of(PAGES, yml=False))
def test_any_slip_in_a_page_is_told_in_clear_lines(sample: Path, changed: tuple[str, str]) -> None:
    told(sample, *changed)


@examples(60)
@given(changed=one_of(OTHERS, yml=True))
def test_any_slip_in_languages_strings_styles_and_lay_words_is_told_in_clear_lines(
    sample: Path, changed: tuple[str, str]
) -> None:
    told(sample, *changed)


@examples(30)
@given(changed=one_of((SEALED,), yml=True))
def test_any_slip_in_the_addresses_is_told_in_clear_lines(sample: Path, changed: tuple[str, str]) -> None:
    told(sample, *changed)


@examples(60)
@given(name=st.sampled_from((*LEDGER, *OTHERS, SEALED, *PAGES)), raw=st.binary(max_size=200), at=st.floats(0, 1))
def test_any_bytes_in_any_file_are_told_in_clear_lines(sample: Path, name: str, raw: bytes, at: float) -> None:
    whole = (sample / name).read_bytes()
    cut = int(at * len(whole))
    told(sample, name, whole[:cut] + raw + whole[cut:])


@examples(100)
@given(fields=misshapen("""
title: Back pain
description: What may be behind back pain, when to get help now, and what may ease it, with how sure we are.
kind: topic
question: Why does my back hurt so much?
answer: Back pain is real and often eases.
checked: 2026-11-21
review: 2027-11
order: alphabetical
translated: no
approved: {name: A name, profession: physician, date: 2026-11-21, content: 0a1b2c3d}
"""))  # fmt: skip
def test_any_front_matter_is_read_or_told_in_clear_lines(fields: str) -> None:
    found, taken, complaints = front.split(f"---\n{fields}---\n\n# A\n", "docs/en/x.md")
    assert unclear(complaints) == []
    assert taken > 0 or complaints
    assert found.checked is None or found.checked.isoformat() in fields


@examples(100)
@given(text=ANYTHING)
def test_any_words_have_the_same_digest_however_they_are_spaced(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    assert re.fullmatch("[0-9a-f]{8}", digest.digest(text))
    assert digest.digest(text) == digest.digest("  " + "\n\t".join(text.split(" ")))


@examples(60)
@given(body=edited(original("docs/en/back-pain.md")).map(tidy))
def test_any_page_that_is_signed_for_is_read_back_as_it_was_signed(sample: Path, body: str) -> None:
    reading, _ = judged(sample)
    assert reading is not None
    one, complaints = page.parse(body, "back-pain", "en", "docs/en/back-pain.md")
    if any(fault.rule == "markup" for fault in complaints):
        return
    ids = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*|\(opening\)")
    names = [name for name in digest.sections_of(one) if ids.fullmatch(name) and len(name) <= slugs.LONGEST]
    if not names:
        return
    day = reading.pages["en"]["back-pain"].checked
    assert day is not None
    wanted = {name: stamp_of(reading, one, name, day, "ÅÄ") for name in names}
    path = sample / "docs/evidence/read/signed.yml"
    path.write_text(stamps.written(wanted, names), "utf-8")
    found, faults = stamps.load(path, "signed.yml")
    assert faults == []
    assert {name: stamp.sealed for name, stamp in found.items()} == {name: stamp.sealed for name, stamp in wanted.items()}


@examples(60)
@given(st.sampled_from(sorted(readability.FORMULAS)), st.lists(ANYTHING, max_size=6), st.lists(ANYTHING, max_size=6))
def test_any_words_and_any_terms_can_be_measured(formula: str, texts: list[str], terms: list[str]) -> None:
    found = readability.measure(formula, texts, readability.Terms(terms))
    assert found is None or found.words >= found.sentences > 0
    assert found is None or abs(found.score) < 1e6


LOADERS: dict[str, Callable[[Project], Any]] = {
    "translations/style.yml": style.load,
    "translations/en.yml": lambda project: strings.load(project, "en"),
    "translations/sv.yml": lambda project: strings.load(project, "sv"),
    "translations/search.sv.yml": lambda project: lay_words.load(project, "sv"),
    "translations/slugs.yml": slugs.load,
    "docs/evidence/read/en/back-pain.yml": stamps.load_all,
    **dict.fromkeys(LEDGER, ledger.load),
}


@examples(30)
@pytest.mark.parametrize("name", sorted(LOADERS))
@given(data=st.data())
def test_any_file_is_read_or_told_in_clear_lines(sample: Path, name: str, data: st.DataObject) -> None:
    text = original(name)
    content = data.draw(st.one_of(misshapen(text), misshapen(text), edited(text), ANYTHING))
    with Changed(sample, name, content):
        _, complaints = LOADERS[name](Project(sample))
    assert unclear(complaints) == []


@examples(60)
@given(content=one_of(("mkdocs.yml",), yml=True))
def test_any_list_of_languages_is_read_or_told_in_clear_lines(sample: Path, content: tuple[str, str]) -> None:
    with Changed(sample, *content):
        project = Project(sample)
        assert unclear(project.complaints) == []
        assert len({one.locale for one in project.languages}) == len(project.languages) or project.complaints
        assert sum(one.default for one in project.languages) == 1 or project.complaints
        assert isinstance(project.site_url, str)
