"""A page carries the styles that it uses and no others: of those left out none is wanted, whatever a reader opens."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from built import Built
from eyes import LOCALES, PHONE, Walk, tab
from playwright.sync_api import Browser

from pe.publish import assets
from pe.publish.styles import shortened

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
    const all = (rules, where) => [...rules].flatMap(rule => rule.selectorText
        ? cut(rule.selectorText).map(selector => ({selector, name: where + selector}))
        : rule.cssRules ? all(rule.cssRules, rule.conditionText + ': ') : []);
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
