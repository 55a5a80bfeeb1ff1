"""Pages as a reader's browser shows them: all pages of the site map, a browser for each width, probes inside the page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
import yaml
from built import Built
from playwright.sync_api import Browser, Route
from playwright.sync_api import Page as Tab

ROOT = Path(__file__).parents[1]
PROBES = (ROOT / "tests/look/probes.js").read_text("utf-8")
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
OPENED = "() => Array.from(document.styleSheets).some(one => /opened/.test(one.href))"  # the styles of what is opened are there
THEMES = ("light", "dim", "contrast-light", "contrast-dark")
NARROW, PHONE, WIDE = 320, 360, 1280


def locales() -> list[str]:
    """The languages, from mkdocs.yml, which may hold tags that only MkDocs knows."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_constructor("!ENV", lambda loader, node: None)
    plugins = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader)["plugins"]
    languages = next(one["i18n"]["languages"] for one in plugins if "i18n" in one)
    return [str(one["locale"]) for one in languages]


LOCALES = locales()


def until_held(tab: Tab, held: list[Route]) -> list[Route]:
    """Wait until a test holds a request, and give what it holds."""
    end = time.monotonic() + 60
    while not held:
        assert time.monotonic() < end, "what the test holds was never asked for"
        tab.wait_for_timeout(20)
    return held


@contextmanager
def tab(browser: Browser, width: int, height: int = 900, *, probes: bool = True, **options: Any) -> Iterator[Tab]:
    """A page of a browser with this width; `probes` puts the measuring script into all that it opens."""
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=probes, **options)
    if probes:
        context.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ {PROBES} }});")
    page = context.new_page()
    yield page
    context.close()


class Walk:
    """Every page of a language, one after the other, in one tab; gathers faults with page, width and theme."""

    def __init__(self, site: Built, root: str, locale: str) -> None:
        self.site, self.root, self.locale = site, root, locale
        self.faults: list[str] = []

    def pages(self, page: Tab, keep: Callable[[str], bool] = lambda url: True, *, late: bool = False) -> Iterator[str]:
        """Open each page, and lay out all of it at once unless it may come `late`; give its address below the root."""
        for one in self.site.of(self.locale):
            path = one.url.removeprefix(self.site.address)
            if keep(one.url):
                page.goto(self.root + path)
                if not late:
                    page.evaluate("document.documentElement.classList.remove('pe-late')")
                if page.locator(".js [data-pe-kept]").count():  # says what is kept when it has looked
                    page.wait_for_selector("[data-pe-kept] [role=status]:not(:empty)", state="attached")
                yield f"/{path}"

    def tell(self, where: str, found: list[str]) -> None:
        """Keep faults, each with where it was found; many of one page are cut short."""
        self.faults += [f"{where}: {one}" for one in found[:8]]
        if len(found) > 8:
            self.faults.append(f"{where}: and {len(found) - 8} more")

    def done(self) -> None:
        """Fail with all that was found."""
        assert not self.faults, "\n" + "\n".join(self.faults[:60])
