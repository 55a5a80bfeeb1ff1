"""What readers type, asked in a real browser: the right page first, danger signs before everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from built import Built
from conftest import ROOT
from playwright.sync_api import Browser, Page

from pe.page import Page as Source
from pe.page import read
from pe.project import Project
from pe.search import lay_words
from pe.slugs import load

HERE = Path(__file__).parent
PROJECT = Project(ROOT)
SLUGS, _ = load(PROJECT)
SETS = ("queries", "queries-2", "queries-3", "queries-4", "queries-5")
FIRST, THREE = 0.90, 0.97  # at least so many first, and in the first three
READY = 'main [data-answers="a"]'  # all that is found for the first query stands there
ASK = """async (queries) => {
  const answers = [];
  for (const query of queries) {
    const found = await window.peSearch.find(query);
    answers.push([!!window.peSearch.danger(query), (await Promise.all(found.pages)).map(page => page.path)]);
  }
  return answers;
}"""

STEPS = """async (queries) => {
  const answers = [];
  for (const query of queries) {
    const found = await window.peSearch.find(query);
    answers.push((await Promise.all(found.pages)).map(page => [page.path, page.parts[0].anchor, page.parts[0].lines[0]]));
  }
  return answers;
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


def ready(page: Page, root: str, locale: str) -> None:
    """Open the search page, and wait until all that the search needs is there."""
    page.goto(f"{root}{SLUGS.path(locale, 'search')}?q=a")
    page.wait_for_selector(READY)


def test_the_sets_are_as_large_as_promised() -> None:
    for locale in PROJECT.locales:
        listed = yaml.safe_load((HERE / f"queries.{locale}.yml").read_text("utf-8"))
        assert sum(map(len, listed.values())) >= 60
        assert len(listed["danger"]) >= 20


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("locale", PROJECT.locales)
def test_readers_find_the_right_page(locale: str, name: str, built: Built, serve: Callable[[Built], str], page: Page) -> None:
    listed = yaml.safe_load((HERE / f"{name}.{locale}.yml").read_text("utf-8"))
    asked = [
        (str(query), right.split(" | ")) for kind, one in listed.items() if kind != "danger" for query, right in one.items()
    ]
    names = {SLUGS.path(locale, one): one for one in PROJECT.names_in(locale)}
    ready(page, serve(built), locale)
    answers = page.evaluate(ASK, [query for query, _ in asked] + listed["danger"])
    first, three, wrong = 0, 0, []
    for (query, right), (_, paths) in zip(asked, answers, strict=False):
        foreign = [path for path in paths if path not in names]
        assert not foreign, f"{query!r} finds {foreign}, which is no page of {locale}"
        found = [names[path] for path in paths]
        assert found, f"{query!r} finds nothing"
        first += found[0] in right
        three += any(one in right for one in found[:3])
        if found[0] not in right:
            wrong.append(f"{query!r}: expected {' or '.join(right)}, found {', '.join(found[:3])}")
    told = "\n".join(wrong)
    assert first >= FIRST * len(asked), f"{first} of {len(asked)} first, expected {FIRST:.0%}:\n{told}"
    assert three >= THREE * len(asked), f"{three} of {len(asked)} in the first three:\n{told}"
    missed = [query for query, (danger, _) in zip(listed["danger"], answers[len(asked) :], strict=True) if not danger]
    assert not missed, f"{locale}: these sound like danger and are not taken so: {missed}"


@pytest.mark.parametrize("locale", PROJECT.locales)
def test_phrases_of_small_words_lead_where_they_should(
    locale: str, built: Built, serve: Callable[[Built], str], page: Page
) -> None:
    """Each word of "did too much" is ignored by itself."""
    lay, _ = lay_words.load(PROJECT, locale)
    leads = [(phrase, SLUGS.path(locale, name)) for (name, _), found in lay.leads.items() for phrase in found]
    small = [(phrase, path) for phrase, path in leads if lay.whole(phrase)]
    assert len(small) > 5
    ready(page, serve(built), locale)
    answers = page.evaluate(ASK, [phrase for phrase, _ in small])
    lost = {phrase: paths for (phrase, right), (_, paths) in zip(small, answers, strict=True) if paths[:1] != [right]}
    assert not lost, f"{locale}: these lead elsewhere: {lost}"


@pytest.mark.parametrize("locale", PROJECT.locales)
def test_danger_signs_are_seen_and_not_cried_over_everything(
    locale: str, built: Built, serve: Callable[[Built], str], page: Page
) -> None:
    signs = yaml.safe_load((HERE / f"signs.{locale}.yml").read_text("utf-8"))
    listed = yaml.safe_load((HERE / f"queries.{locale}.yml").read_text("utf-8"))
    calm = signs["calm"] + [str(query) for kind, one in listed.items() if kind != "danger" for query in one]
    ready(page, serve(built), locale)
    talk = "queries => queries.filter(query => (window.peSearch.danger(query) || {}).section)"
    asked = signs["talk"] + calm
    assert page.evaluate(talk, asked) == signs["talk"], "these sound like a wish to die, or do not"
    missed = [
        query for query, (danger, _) in zip(signs["danger"], page.evaluate(ASK, signs["danger"]), strict=True) if not danger
    ]
    assert not missed, f"{locale}: these sound like danger and are not taken so: {missed}"
    alarms = [query for query, (danger, _) in zip(calm, page.evaluate(ASK, calm), strict=True) if danger]
    assert len(alarms) <= 0.02 * len(calm), f"{locale}: danger is seen in {alarms}"


@pytest.mark.parametrize("locale", PROJECT.locales)
def test_for_every_danger_sign_get_help_is_the_first_page_and_mere_lists_the_last(
    locale: str, built: Built, serve: Callable[[Built], str], page: Page
) -> None:
    signs = yaml.safe_load((HERE / f"signs.{locale}.yml").read_text("utf-8"))["danger"]
    ready(page, serve(built), locale)
    answers = page.evaluate(STEPS, signs)
    told = {(SLUGS.path(locale, "get-help"), step, item.text) for step, item in _page(locale, "get-help").signs}
    assert told
    lost = {query: found[0] for query, found in zip(signs, answers, strict=True) if tuple(found[0]) not in told}
    assert not lost, f"{locale}: the first result is no line of the danger signs: {lost}"
    lists = {SLUGS.path(locale, one) for one in PROJECT.names_in(locale) if _page(locale, one).kind == "list"}
    assert lists
    for query, found in zip(signs, answers, strict=True):
        listed = [path in lists for path, *_ in found]
        assert listed == sorted(listed), f"{query!r}: {[path for path, *_ in found]}"


def _page(locale: str, name: str) -> Source:
    return read(PROJECT.docs / locale / f"{name}.md", locale)[0]


@pytest.mark.parametrize(
    ("locale", "query", "word", "right"),
    [
        ("en", "numb legs", "number", False),
        ("en", "numb legs", "numbness", True),
        ("en", "emergency number", "numb", False),
        ("en", "how sure are you", "pressure", False),
        ("en", "irritable bowel", "able", False),
        ("en", "spasm", "spasms", True),
        ("sv", "rygg", "ryggsmärta", True),
        ("sv", "rygsmärta", "ryggen", True),
        ("sv", "ryggsmärta", "smärta", True),
        ("sv", "D-vitamin", "vitamin", True),
        ("it", "spasmo", "spasmi", True),
        ("it", "spasmi muscolari", "muscolo", True),
    ],
)
def test_a_word_is_underlined_where_it_is_the_word_that_was_looked_for(
    locale: str, query: str, word: str, right: bool, built: Built, serve: Callable[[Built], str], page: Page
) -> None:
    ready(page, serve(built), locale)
    is_marked = "async ([query, word]) => !!(await window.peSearch.find(query)).is(word)"
    assert page.evaluate(is_marked, [query, word]) is right


def test_the_addresses_of_results_are_addresses_of_pages(built: Built) -> None:
    known = {urlsplit(one.url).path.lstrip("/") for one in built.pages}
    assert {SLUGS.path(locale, name) for locale in PROJECT.locales for name in PROJECT.names_in(locale)} <= known
