"""Whatever a reader types, the search answers: pages or none, never an error, in little time, and as text, never as tags.

How to try ten thousand examples, of all languages together: tests/written.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from built import Built
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from written import PIECE, examples

from pe.project import Project
from pe.search import lay_words
from pe.slugs import load

PROJECT = Project(ROOT)
SLUGS, _ = load(PROJECT)
LAY = [lay_words.load(PROJECT, one)[0] for one in PROJECT.locales]
TYPED = sorted({phrase for one in LAY for found in one.leads.values() for phrase in found})
ODD = ["__proto__", "constructor", "toString", "hasOwnProperty", "0", "-1", "'", "''", "-", "/", "a/b", "d'", "ø", "ﬁ", "İ"]
WORD = st.one_of(st.sampled_from(TYPED), st.sampled_from(ODD), PIECE, st.text(max_size=8))
QUERY = st.one_of(
    st.lists(WORD, max_size=8).map(" ".join),
    st.lists(WORD, max_size=4).map("".join),
    st.tuples(WORD, st.integers(1, 300)).map(lambda one: (one[0] + " ") * one[1]),
)
READY = 'main [data-answers="a"]'  # all that is found for the first query stands there
# Texts go over as numbers: half a character is no JSON, and yet a reader may type one.
ASK = """async (typed) => {
  const query = String.fromCharCode(...typed);
  const start = performance.now();
  try {
    const found = await window.peSearch.find(query);
    const pages = await Promise.all(found.pages);
    const danger = window.peSearch.danger(query);
    pages.forEach(page => page.parts.forEach(part => part.lines.forEach(line => line.split(" ").forEach(found.is))));
    const good = pages.every(page => typeof page.path === "string" && page.title) && (!danger || "section" in danger);
    return [good ? "" : "an answer without form", performance.now() - start];
  } catch (problem) { return [String(problem && problem.stack || problem), performance.now() - start]; }
}"""
SECONDS = 4.0


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


def units(text: str) -> list[int]:
    """The text as a script counts it, in halves of surrogate pairs."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return [int.from_bytes(raw[at : at + 2], "little") for at in range(0, len(raw), 2)]


@pytest.mark.parametrize("locale", PROJECT.locales)
def test_any_query_is_answered(locale: str, built: Built, serve: Callable[[Built], str], page: Page) -> None:
    page.goto(f"{serve(built)}{SLUGS.path(locale, 'search')}?q=a")
    page.wait_for_selector(READY)

    @examples(60, share=len(PROJECT.locales))
    @given(query=QUERY)
    def answers(query: str) -> None:
        for _ in range(3):  # a busy machine may be slow once; a query that takes long does so each time
            problem, took = page.evaluate(ASK, units(query)[:5000])
            assert not problem
            if took < SECONDS * 1000:
                return
        raise AssertionError(f"{took} ms")

    answers()


def test_any_query_is_shown_as_text(built: Built, serve: Callable[[Built], str], page: Page) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda problem: problems.append(str(problem)))
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    page.goto(f"{serve(built)}{SLUGS.path(PROJECT.default, 'search')}?q=a")
    page.wait_for_selector(READY)
    before = page.evaluate("document.querySelectorAll('script, iframe, style, img').length")
    field = "main input[type=search]"

    @examples(5, share=50)
    @given(query=QUERY)
    def answers(query: str) -> None:
        page.evaluate(
            """([field, typed]) => {
              const one = document.querySelector(field);
              one.value = String.fromCharCode(...typed);
              one.dispatchEvent(new Event("input", {bubbles: true}));
            }""",
            [field, units(query)[:5000]],
        )
        page.wait_for_timeout(250)  # it waits for the last key
        assert problems == []
        assert page.evaluate("document.querySelectorAll('script[src*=\"x\"], iframe, main style').length") == 0

    answers()
    page.wait_for_timeout(500)
    assert problems == []
    page.wait_for_function("most => document.querySelectorAll('script, iframe, style, img').length <= most", arg=before)
