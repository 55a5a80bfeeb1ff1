"""The search as a reader meets it: dialog, keyboard, search page, bad input, other places to run from."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
import yaml
from built import Built
from conftest import ROOT
from eyes import AXE, OPENED, PHONE, WIDE, Walk, tab, until_held
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Request, Route, expect

from pe import ledger
from pe.project import Project
from pe.render.words import country as country_in
from pe.search.text import words
from pe.slugs import load

HERE = Path(__file__).parent
PROJECT = Project(ROOT)
SLUGS, _ = load(PROJECT)
Serve = Callable[[Built], str]
FOUND = "#search .pe-found li"
BAD = [
    "   ", "a" * 10_000, "smärta " * 1500, "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "😴🔥💊",
    "كيف حالك ألم", "the and of", "och att det", "che di la", "%%%", "\\", "../../etc/passwd", "' OR 1=1 --", "\u202eneve",
    "a", "1", "?q=&q=", "constructor", "__proto__", "toString hasOwnProperty", "0.5", "-", "’", "D-", "-vitamin",
    "\ud83d", "\u0000", "x" * 399 + "😴",
]  # fmt: skip


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, told: list[str]) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        yield page


def open_dialog(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    page.locator("#search-button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#find-dialog")).to_be_focused()


def answered(page: Page, query: str, place: str = "#search") -> None:
    """Wait until all that is found for the whole of a query stands there: before, the results of its first words may."""
    page.wait_for_selector(f'{place} [data-answers="{query}"]')


def test_nothing_of_the_search_is_fetched_before_it_is_opened(built: Built, serve: Serve, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto(serve(built) + "sv/muskelspasmer/")
    page.wait_for_load_state("networkidle")
    assert not [one for one in asked if any(part in one for part in ("search", "find", "guess"))], asked


def test_a_first_result_costs_little(built: Built, serve: Serve, page: Page) -> None:
    files: list[Request] = []
    page.goto(serve(built) + "sv/muskelspasmer/")
    page.wait_for_load_state("networkidle")
    page.on("request", lambda request: files.append(request))
    page.click("#search-button")
    expect(page.locator("#find-dialog")).to_be_focused()
    page.keyboard.insert_text("varför blir jag sämre av träning")
    answered(page, "varför blir jag sämre av träning")
    page.wait_for_function(OPENED)
    sizes = [len(gzip.compress(Path(built.file(one.url)).read_bytes(), 9)) for one in files]
    assert 0 < sum(sizes) <= 70_000, f"{sum(sizes)} bytes in {len(sizes)} files"


def test_by_keyboard_alone(built: Built, serve: Serve, page: Page, told: list[str]) -> None:
    open_dialog(page, serve(built) + "muscle-spasms/")
    page.keyboard.type("acupunture", delay=10)
    answered(page, "acupunture")
    expect(page.locator("#search [role=status]")).not_to_be_empty()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{FOUND}:first-child a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#find-dialog")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#search")).not_to_be_visible()
    expect(page.locator("#search-button")).to_be_focused()
    page.keyboard.press("Enter")
    answered(page, "acupunture")
    page.locator("#find-dialog").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/treatments/*")
    assert not told


def test_enter_leads_to_the_search_page_with_the_same_results(built: Built, serve: Serve, page: Page) -> None:
    open_dialog(page, serve(built) + "it/mal-di-schiena/")
    page.keyboard.type("crampi ai polpacci", delay=5)
    answered(page, "crampi ai polpacci")
    order = [one.get_attribute("href") for one in page.locator("#search .pe-found ol > li").locator("a:nth-of-type(1)").all()]
    page.keyboard.press("Enter")
    page.wait_for_url("**/it/cerca/#q=crampi*")
    answered(page, "crampi ai polpacci", "main")
    again = [one.get_attribute("href") for one in page.locator("main .pe-found ol > li").locator("a:nth-of-type(1)").all()]
    assert order
    assert order == again


def test_what_is_looked_for_never_reaches_the_host(built: Built, serve: Serve, page: Page) -> None:
    """As one types, with Enter, on the page of results, when that is loaded again, when its address is changed."""
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    open_dialog(page, serve(built) + "muscle-spasms/")
    page.keyboard.type("magnesium", delay=5)
    answered(page, "magnesium")
    page.keyboard.press("Enter")
    answered(page, "magnesium", "main")
    page.reload()
    answered(page, "magnesium", "main")
    page.fill("#find-page", "seized up")
    answered(page, "seized up", "main")
    expect(page).to_have_url(re.compile("/search/#q=seized%20up$"))
    page.evaluate("location.hash = 'q=heat'")
    answered(page, "heat", "main")
    assert asked
    assert [url for url in asked if "magnesium" in url or "seized" in url or "heat" in url] == []


@pytest.mark.parametrize("where", ["dialog", "page"])
def test_nor_does_it_where_enter_is_faster_than_the_script(where: str, built: Built, serve: Serve, page: Page) -> None:
    held: list[Route] = []
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.route("**/assets/search.*.js", lambda route: route.continue_() if held else held.append(route))
    page.goto(serve(built) + ("muscle-spasms/" if where == "dialog" else "search/"))
    if where == "dialog":
        page.click("#search-button")
    page.fill(f"#find-{where}", "magnesium & heat")
    page.keyboard.press("Enter")
    if where == "page":
        until_held(page, held)[0].continue_()
    page.wait_for_url("**/search/#q=magnesium*")
    answered(page, "magnesium & heat", "main")
    assert [url for url in asked if "magnesium" in url] == [] != asked


def test_words_are_underlined_and_the_answer_of_the_page_stands_below(built: Built, serve: Serve, page: Page) -> None:
    page.goto(serve(built) + "sv/sok/?q=" + quote("rygsmärta"))
    answered(page, "rygsmärta", "main")
    item = page.locator("main .pe-found ol > li").first
    assert item.locator("a").first.get_attribute("href").split("#")[0].endswith("/sv/ont-i-ryggen/")
    assert "underline" in item.locator("mark").first.evaluate("one => getComputedStyle(one).textDecorationLine")
    assert item.locator(".pe-found__answer").inner_text()


@pytest.mark.parametrize("locale", PROJECT.locales)
def test_a_sentence_below_a_result_has_to_do_with_what_was_looked_for(
    locale: str, built: Built, serve: Serve, page: Page
) -> None:
    """Its own words say so, or its heading does; else the heading stands alone."""
    queries = yaml.safe_load((HERE / f"queries.{locale}.yml").read_text("utf-8"))["plain"]
    page.goto(serve(built) + SLUGS.path(locale, "search"))
    shown, empty = 0, []
    for query in map(str, queries):
        page.fill("#find-page", query)
        answered(page, query, "main")
        for item in page.locator("main .pe-found ol > li:not(.pe-found__danger)", has=page.locator("p:not([class])")).all():
            shown += 1
            if not item.locator("p:not([class]) mark, .pe-found__title mark").count():
                empty.append(f"{query}: {item.inner_text()}")
    assert shown > len(queries)
    assert not empty


@pytest.mark.parametrize(
    ("locale", "query", "said"),
    [
        ("en", "tramadol", "opioids: "),
        ("en", "pregnancy", "pregnancy."),
        ("en", "magnesium", "Magnesium, for pain: "),
        ("sv", "tramadol", "opioider: "),
        ("sv", "gravid", "graviditet."),
        ("sv", "magnesium", "Magnesium, mot smärta: "),
        ("it", "tramadolo", "oppioidi: "),
        ("it", "magnesio", "Magnesio, per il dolore: "),
    ],
)
def test_of_a_section_the_sentence_or_row_is_shown_that_says_what_was_looked_for(
    locale: str, query: str, said: str, built: Built, serve: Serve, page: Page
) -> None:
    page.goto(serve(built) + SLUGS.path(locale, "search") + "?q=" + quote(query))
    answered(page, query, "main")
    expect(page.locator("main .pe-found ol > li").first.locator("p:not([class])")).to_contain_text(said)


@pytest.mark.parametrize("where", ["built", "built_below"])
def test_a_danger_sign_comes_first_in_a_box_of_its_own(
    where: str, request: pytest.FixtureRequest, serve: Serve, page: Page
) -> None:
    site: Built = request.getfixturevalue(where)
    page.goto(serve(site) + "search/?q=cant+pee")
    first = page.locator("main .pe-found ol > li").first
    expect(first).to_have_class("pe-found__danger")
    assert first.locator("a").first.get_attribute("href") == serve(site) + "get-help/#get-help-now"
    assert first.locator("a[href='tel:112']").count()
    expect(first.locator("a[href='tel:118']")).to_have_count(1)
    page.goto(serve(site) + "search/?q=want+to+die")
    expect(page.locator("main .pe-found__danger a[href$='get-help/#crisis']")).to_have_count(1)


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("search/", "want to die"),
        ("sv/sok/", "vill inte leva"),
        ("it/cerca/", "voglio morire"),
        ("it/cerca/", "non ce la faccio più"),
    ],
)
def test_who_may_want_to_die_is_shown_help_and_nothing_else(
    address: str, query: str, built: Built, serve: Serve, page: Page
) -> None:
    page.goto(serve(built) + address)
    page.fill("#find-page", query.split()[0])
    answered(page, query.split()[0], "main")
    page.fill("#find-page", query)
    answered(page, query, "main")
    box = page.locator("main .pe-found ol > li")
    expect(box).to_have_count(1)
    expect(box).to_have_class("pe-found__danger")
    expect(box.locator("a[href$='#crisis']")).to_have_count(1)


@pytest.mark.parametrize(("locale", "query"), [("en", "want to die"), ("sv", "vill inte leva"), ("it", "voglio morire")])
@pytest.mark.parametrize("country", ["IT", "GB", ""])
def test_in_the_danger_box_each_country_stands_by_itself_and_the_readers_own_first(
    country: str, locale: str, query: str, built: Built, serve: Serve, page: Page
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.add_init_script(f"localStorage.setItem('pe-country', '{country}')")
    page.goto(serve(built) + SLUGS.path(locale, "search") + "?q=" + quote(query))
    box = page.locator("main .pe-found__danger")
    answered(page, query, "main")
    listed = ledger.load(PROJECT)[0].help.items()
    for kind, shown in (("emergency", box.locator("ul").first), ("crisis", box.locator("ul").last)):
        lines = [(code, line) for code, found in listed for line in found if line.kind == kind]
        lines.sort(key=lambda one: one[0] != country)
        assert shown.locator("li").count() == len(lines)
        for item, (code, line) in zip(shown.locator("li").all(), lines, strict=True):
            name, number = item.locator("a > *").all()
            assert name.inner_text() == country_in(code, locale)
            assert number.inner_text() == line.number
            assert item.locator("a").get_attribute("href") == "tel:" + line.number.replace(" ", "")
            assert number.evaluate("one => one.getBoundingClientRect().height < 2 * parseFloat(getComputedStyle(one).fontSize)")


@pytest.mark.parametrize(("locale", "query"), [("en", "want to die"), ("sv", "vill inte leva"), ("it", "voglio morire")])
def test_a_line_to_talk_to_says_when_it_is_open_what_to_call_else_and_where_there_is_more(
    locale: str, query: str, built: Built, serve: Serve, page: Page
) -> None:
    strings = yaml.safe_load((PROJECT.translations / f"{locale}.yml").read_text("utf-8"))
    say = {key: text if isinstance(text, str) else text["text"] for key, text in strings.items()}
    page.goto(serve(built) + SLUGS.path(locale, "search") + "?q=" + quote(query))
    box = page.locator("main .pe-found__danger")
    answered(page, query, "main")
    expect(box.locator("a[href$='#crisis']")).to_have_text(say["help.crisis"])
    shut = box.locator("li", has=page.locator("a[href='tel:0223272327']"))
    expect(shut).to_contain_text(say["help.hours"].format(hours="10:00–24:00"))
    expect(shut).to_contain_text(say["help.other_hours"])
    expect(box.locator("li", has=page.locator("a[href='tel:90101']"))).to_contain_text(say["help.always"])


def test_a_search_that_finds_nothing_offers_the_topics_and_the_help_page(built: Built, serve: Serve, page: Page) -> None:
    page.goto(serve(built) + "search/?q=qqqqxxzz")
    page.wait_for_selector("main .pe-found ul a")
    links = [one.get_attribute("href") for one in page.locator("main .pe-found ul a").all()]
    assert any(one.endswith("get-help/#get-help-now") for one in links)
    assert any(one.endswith("/muscle-spasms/") for one in links)


@pytest.mark.parametrize("query", BAD, ids=range(len(BAD)))
def test_bad_input_gets_a_calm_answer(query: str, built: Built, serve: Serve, page: Page, told: list[str]) -> None:
    page.goto(serve(built) + "search/")
    page.locator("#find-page").focus()
    page.wait_for_function("() => !!window.peSearch")
    page.locator("#find-page").evaluate("(field, text) => { field.value = text; field.form.requestSubmit(); }", query)
    if query.strip() and query != "\u0000":
        page.wait_for_selector("main .pe-found :is(ol, ul)")
    page.wait_for_timeout(250)
    assert not told
    assert not page.locator("main .pe-found img, main .pe-found script").count()


def test_the_network_may_fail(built: Built, serve: Serve, page: Page) -> None:
    page.goto(serve(built) + "search/")
    page.route("**/search/en/*/*", lambda route: route.abort())
    page.locator("#find-page").fill("magnesium")
    page.wait_for_selector("main .pe-found ul a")
    page.unroute_all()
    page.route("**/search/en/words.js*", lambda route: route.abort())
    page.goto(serve(built) + "muscle-spasms/")
    page.click("#search-button")
    page.wait_for_selector("#search .pe-found ul a")
    assert page.locator("#search [role=status]").inner_text() == page.get_attribute("#search [role=status]", "data-failed")


@pytest.mark.parametrize("script", ["find", "search"])
def test_the_search_may_not_come_at_all(script: str, built: Built, serve: Serve, page: Page) -> None:
    page.goto(serve(built) + "sv/muskelspasmer/")
    page.route(f"**/assets/{script}.*.js", lambda route: route.abort())
    page.click("#search-button")
    expect(page.locator("#search .pe-found a").first).to_be_visible()
    pages_are_offered(page, "#search", serve(built) + SLUGS.path("sv", "get-help"))


ALL = ["ask", "guess", "find", "search", "opened", "words"]


@pytest.mark.parametrize("blocked", [ALL, ["guess"], ["find"], ["search"], ["words"]], ids=" ".join)
@pytest.mark.parametrize("locale", PROJECT.locales)
def test_where_the_search_page_promises_pages_they_stand_there_get_help_first(
    locale: str, blocked: list[str], built: Built, serve: Serve, page: Page
) -> None:
    page.route(re.compile(rf"/({'|'.join(blocked)})\.[\w.]*js"), lambda route: route.abort())
    page.goto(serve(built) + SLUGS.path(locale, "search"))
    expect(page.locator("main .pe-found a").first).not_to_be_visible()
    page.locator("#find-page").focus()
    expect(page.locator("main .pe-found a").first).to_be_visible()
    pages_are_offered(page, "main", serve(built) + SLUGS.path(locale, "get-help"))


def pages_are_offered(page: Page, place: str, first: str) -> None:
    status = page.locator(f"{place} .pe-found [role=status]")
    expect(status).to_have_text(status.get_attribute("data-failed") or "the words that say so")
    links = page.locator(f"{place} .pe-found a").evaluate_all("all => all.map(one => one.href)")
    assert links[0] == first + "#get-help-now"
    assert len(links) > 5
    assert len({link.split("#")[0] for link in links}) == len(links), "a page stands there twice"


def test_a_dialog_that_does_not_come_leads_to_the_search_page_which_says_so(built: Built, serve: Serve, page: Page) -> None:
    page.goto(serve(built) + "sv/muskelspasmer/")
    page.route("**/assets/*.*.js", lambda route: route.continue_() if "/site." in route.request.url else route.abort())
    page.click("#search-button")
    page.wait_for_url("**/sv/sok/")
    page.fill("#find-page", "magnesium")
    status = page.locator("main .pe-found [role=status]")
    expect(status).to_have_text(status.get_attribute("data-failed") or "the words that say so")
    expect(page.locator("main .pe-list a").first).to_be_visible()


@pytest.mark.parametrize("script", ["assets/guess.*", "assets/find.*", "search/sv/words", "assets/search.*"])
def test_a_search_that_did_not_come_is_fetched_when_it_is_opened_again(
    script: str, built: Built, serve: Serve, page: Page
) -> None:
    page.goto(serve(built) + "sv/muskelspasmer/")
    page.route(f"**/{script}.js", lambda route: route.abort())
    page.click("#search-button")
    expect(page.locator("#search [role=status]")).to_have_text(
        page.get_attribute("#search [role=status]", "data-failed") or "the words that say so"
    )
    page.unroute_all()
    page.keyboard.press("Escape")
    page.click("#search-button")
    expect(page.locator("#search [role=status]")).to_have_text("")
    expect(page.locator("#find-dialog")).to_be_focused()
    page.keyboard.type("magnesium")
    answered(page, "magnesium")
    assert page.locator("#search .pe-found ol > li").count()


def test_pieces_of_a_site_that_has_changed_are_fetched_anew(built: Built, serve: Serve, page: Page) -> None:
    """A browser may keep words.js for some minutes, and with it the names of pieces that are there no more."""
    old = True

    def stale(route) -> None:  # type: ignore[no-untyped-def]
        nonlocal old
        answer = route.fetch()
        text = answer.text()
        if old:
            start = text.index('"v":"') + 5
            text = text[:start] + "gone" + text[text.index('"', start) :]
        old = False
        route.fulfill(response=answer, body=text)

    page.route("**/search/en/words.js*", stale)
    page.goto(serve(built) + "search/?q=magnesium")
    page.wait_for_selector("main .pe-found ol > li")


def test_without_script_the_search_page_lists_topics_and_words(built: Built, serve: Serve, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(serve(built) + "sv/")
        page.click("#search-button")
        page.wait_for_url("**/sv/sok/")
        links = page.locator("main .pe-list a")
        assert links.count() > 60
        titles = [one.inner_text() for one in page.locator("main h3").all()]
        assert titles[-1] in "ZÅÄÖ"
        assert titles == sorted(titles, key="ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ".index)
        expect(page.locator("#find-page")).not_to_be_visible()
        expect(page.locator("main .pe-note")).to_be_visible()
        expect(page.locator("main .pe-note")).to_contain_text("JavaScript")
        reached = set(links.evaluate_all("all => all.map(one => one.pathname)"))
        assert {urlsplit(one.url).path for one in built.of("sv")} - reached == {"/sv/", "/sv/sok/"}


@pytest.mark.parametrize(
    ("folder", "address", "first"),
    [
        ("", "search/?q=seized%20up", "muscle-spasms/"),
        ("sv/", "sok/?q=sp%C3%A4nd%20nacke", "muskelspasmer/"),
        ("it/", "cerca/?q=indolenzito", "spasmi-muscolari/"),
    ],
)
def test_a_search_has_an_address(
    folder: str, address: str, first: str, built_below: Built, serve: Serve, page: Page, told: list[str]
) -> None:
    root = serve(built_below) + folder
    page.goto(root + address)
    answered(page, unquote(address.partition("=")[2]), "main")
    links = [one.locator("a").first.get_attribute("href") or "" for one in page.locator("main .pe-found ol > li").all()]
    assert len(links) > 1
    assert links[0].split("#")[0] == root + first
    assert all(one.startswith(root) for one in links)
    assert not told


def test_a_search_that_is_come_back_to_says_what_was_looked_for(built: Built, serve: Serve, page: Page) -> None:
    page.goto(serve(built) + "search/#q=oxygen")
    answered(page, "oxygen", "main")
    page.evaluate("""() => {
        dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
        document.getElementById('find-page').value = '';  // as Safari does
    }""")
    page.wait_for_function("document.getElementById('find-page').value === 'oxygen'", timeout=3000)


def test_from_a_folder_by_double_click(built: Built, page: Page, told: list[str]) -> None:
    page.goto((built.folder / "it" / "index.html").as_uri())
    page.click("#search-button")
    expect(page.locator("#find-dialog")).to_be_focused()
    page.keyboard.type("mal di schina")
    answered(page, "mal di schina")
    page.locator(f"{FOUND} a").first.click()
    page.wait_for_url("**/it/mal-di-schiena/index.html*")
    page.click("#search-button")
    expect(page.locator("#find-dialog")).to_be_focused()
    page.keyboard.type("crampi")
    page.keyboard.press("Enter")
    page.wait_for_url("**/it/cerca/index.html#q=crampi")
    answered(page, "crampi", "main")
    assert not told


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=60))
def test_browser_and_build_cut_words_alike(text: str, asked: Page) -> None:
    found = asked.evaluate(
        "text => window.peGuess.cut(text).flatMap(one => one.joined ? [one.form, one.joined.form] : [one.form])", text
    )
    assert sorted(set(found)) == sorted({one for one in words(text) if one})


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=200))
def test_any_text_gets_an_answer(text: str, asked: Page) -> None:
    found = asked.evaluate("async text => (await Promise.all((await window.peSearch.find(text)).pages)).length", text)
    assert found >= 0


@pytest.fixture(scope="module")
def asked(browser: Browser, built: Built, serve: Serve) -> Iterator[Page]:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(serve(built) + "search/?q=a")
        page.wait_for_selector("main .pe-found :is(ol, ul)")
        yield page


@pytest.mark.parametrize("query", ["cant pee", "want to die", "pain", "qqqqxxzz"])
@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_results_are_accessible(query: str, width: int, built: Built, serve: Serve, browser: Browser) -> None:
    walk = Walk(built, serve(built), "en")
    for path, place in (("search/?q=" + quote(query), "main .pe-found"), ("muscle-spasms/", "#search .pe-found")):
        with tab(browser, width) as page:
            page.goto(walk.root + path)
            if "?" not in path:
                page.click("#search-button")
                expect(page.locator("#find-dialog")).to_be_focused()
                page.keyboard.insert_text(query)
            answered(page, query, place.removesuffix(" .pe-found"))
            page.wait_for_function(OPENED)
            page.evaluate(AXE)
            walk.tell(f"{query!r} on {path} at {width} px", page.evaluate("probes.axe()"))
            walk.tell(f"{query!r} on {path} at {width} px", page.evaluate("probes.pastEdge().concat(probes.targets())"))
    walk.done()
