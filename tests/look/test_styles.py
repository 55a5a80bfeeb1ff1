"""A page carries the styles that it uses and no others: of those left out none is wanted, whatever a reader opens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tinycss2
from built import Built
from eyes import LOCALES, PHONE, Walk, tab
from playwright.sync_api import Browser

from pe.publish import assets
from pe.publish.styles import shortened

PREFIXED = {"print-color-adjust", "box-decoration-break", "mask", "user-select"}  # Chrome until 136, 130, 120; Safari
FOLDER = Path(__file__).parents[2] / "overrides/assets/css"

# Selectors of the whole styles that match something here and stand not in the page's own. A state such as :hover may come.
WANTED = """whole => {
    const state = /::?(before|after|marker|backdrop|hover|focus-visible|focus|target|checked)(?![\\w-])/g;
    const cut = text => {
        const parts = [''];
        let depth = 0;
        for (const sign of text) {
            depth += {'(': 1, '[': 1, ')': -1, ']': -1}[sign] || 0;
            if (sign === ',' && !depth) parts.push('');
            else parts[parts.length - 1] += sign;
        }
        return parts.map(part => part.trim());
    };
    const said = rule => (rule.conditionText || '').replace(/:\\s/g, ':'); // @supports keeps the spaces of its file
    const all = (rules, where) => [...rules].flatMap(rule => rule.selectorText
        ? cut(rule.selectorText).map(selector => ({selector, name: where + selector}))
        : rule.cssRules ? all(rule.cssRules, said(rule) + ': ') : []);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(whole);
    const own = new Set(all(document.styleSheets[0].cssRules, '').map(one => one.name));
    const left = all(sheet.cssRules, '').filter(one => !own.has(one.name));
    return left.filter(one => document.querySelector(one.selector.replace(state, '') || '*')).map(one => one.name);
}"""
OPEN = """() => {
    for (const one of ['#reading-button', '.pe-term', '[data-pe-share=code]', '#search-button'])
        if (document.querySelector(one)) document.querySelector(one).click();
    document.querySelectorAll('details').forEach(one => { one.open = true; });
}"""
TYPED = """query => {
    const field = document.querySelector('#search input');
    field.value = query;
    field.dispatchEvent(new Event('input', {bubbles: true}));
}"""


@pytest.fixture(scope="module")
def whole() -> str:
    """All styles that stand in pages, with the short names of the build."""
    texts = ["".join((FOLDER / name).read_text("utf-8") for name in assets.STYLES), (FOLDER / assets.OPENED).read_text("utf-8")]
    return shortened(texts)[0]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_style_is_left_out_that_a_page_wants(
    built: Built, serve: Callable[[Built], str], browser: Browser, locale: str, whole: str
) -> None:
    walk = Walk(built, serve(built), locale)
    with tab(browser, PHONE, probes=False) as page:
        for path in walk.pages(page):
            walk.tell(f"{path} as it comes", page.evaluate(WANTED, whole))
            page.evaluate(OPEN)
            page.wait_for_selector("#search", state="attached")
            page.evaluate(TYPED, "magnesium")
            page.wait_for_selector('#search [data-answers="magnesium"]')
            walk.tell(f"{path} with all that opens", page.evaluate(WANTED, whole))
    walk.done()


def test_a_style_that_is_left_out_is_seen(built: Built, serve: Callable[[Built], str], browser: Browser, whole: str) -> None:
    with tab(browser, PHONE, probes=False) as page:
        page.goto(serve(built))
        more = "@media print { main .nowhere, main h1:hover { color: red } }"
        assert page.evaluate(WANTED, whole + more) == ["print: main h1:hover"]


def test_no_rule_and_no_token_is_left_that_nothing_uses() -> None:
    """A class stands in a template, script or hook, or is made there (`pe-step--{{ step.id }}`); a custom property is read."""
    overrides = FOLDER.parents[1]
    styles = "".join(path.read_text("utf-8") for path in sorted(FOLDER.glob("*.css")))
    makers = "".join(path.read_text("utf-8") for kind in ("html", "js", "py") for path in sorted(overrides.rglob(f"*.{kind}")))
    made = set(re.findall(r"pe-[\w-]+(?:\{\{)?", makers))
    unused = [
        f".{name}"
        for name in sorted(set(re.findall(r"\.(pe-[\w-]+)", styles)))
        if name not in made and not any(stem.endswith("{{") and name.startswith(stem[:-2]) for stem in made)
    ]
    read = set(re.findall(r"var\((--[\w-]+)", styles + makers))
    defined = sorted(set(re.findall(r"(?<![\w-])(--[\w-]+):", styles)))
    unused += [name for name in defined if name not in read and f'"{name}"' not in makers]
    assert not unused, f"nothing uses {', '.join(unused)}"


def rules(nodes: list[Any], name: str, known: bool = False) -> Iterator[tuple[str, bool, Any]]:
    """All rules of a sheet: where each stands, whether only browsers that know :has() read it, and itself."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield f"{name}:{node.source_line}", known, node
        elif node.type == "at-rule" and node.content and node.lower_at_keyword in ("media", "supports"):
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from rules(inner, name, known or ":has(" in tinycss2.serialize(node.prelude))


def written() -> Iterator[tuple[str, bool, Any]]:
    for path in sorted(FOLDER.glob("*.css")):
        sheet = tinycss2.parse_stylesheet(path.read_text("utf-8"), skip_comments=True, skip_whitespace=True)
        yield from rules(sheet, path.name)


def declared(rule: Any) -> list[tuple[str, str]]:
    """The properties of a rule with their values."""
    told = tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True)
    return [(one.name, tinycss2.serialize(one.value).strip()) for one in told if one.type == "declaration"]


def test_an_underline_is_said_in_longhands_which_every_safari_knows() -> None:
    faults = [
        f"{place}: text-decoration: {value}"
        for place, _, rule in written()
        for name, value in declared(rule)
        if name == "text-decoration" and value not in ("none", "underline")
    ]
    assert not faults, (
        "Safari before 26.2 knows no more than a line here, and then draws none: write text-decoration: underline,"
        " and style, thickness and colour in text-decoration-style, -thickness and -color.\n" + "\n".join(faults)
    )


def test_what_browsers_of_three_years_know_by_a_prefix_is_said_with_it() -> None:
    faults = []
    for place, _, rule in written():
        names = {name for name, _ in declared(rule)}
        faults += [f"{place}: {name} without -webkit-{name}" for name in PREFIXED & names if f"-webkit-{name}" not in names]
    assert not faults, "\n".join(faults)


def test_a_selector_that_not_all_know_spoils_no_other() -> None:
    faults = [
        f"{place}: {selector}"
        for place, known, rule in written()
        if not known
        and re.search(r":has\(|::highlight", selector := tinycss2.serialize(rule.prelude).strip())
        and "," in rule.prelude  # not within brackets: these are one token
    ]
    assert not faults, (
        "Firefox before 121 does not know :has(): it drops the whole rule. Give the selector a rule of its own.\n"
        + "\n".join(faults)
    )
