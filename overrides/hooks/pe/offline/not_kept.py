"""The page that is shown in place of one that is not kept: in all languages, with the danger signs and the numbers."""

from __future__ import annotations

from typing import Any

from pe.page import HELP, HELP_STEPS
from pe.render import words
from pe.render.frame import Frame
from pe.render.renderer import ASSETS, Renderer

GET_HELP, CRISIS = "get-help", "crisis"


def not_kept(renderer: Renderer) -> bytes:
    """Make the page. Its links are absolute, because it is shown at any depth."""
    site = renderer.site
    base = renderer.base
    html = renderer.templates.get_template("not-kept.html").render(
        tongues=[_tongue(renderer, one.locale, base) for one in site.project.languages],
        asset=lambda plain: base + renderer.names[plain],
        head_script=renderer.head_script,
    )
    return renderer.sealed(html, base + ASSETS)


def _tongue(renderer: Renderer, locale: str, base: str) -> dict[str, Any]:
    site = renderer.site
    page = site.pages[locale][GET_HELP]
    frame = Frame(site, locale, GET_HELP, renderer.names.__getitem__).words()
    steps = [
        {
            "id": heading.id,
            "title": heading.text,
            "signs": [unit.text for unit in page.units if unit.place.section == heading.id and unit.kind == "item"],
        }
        for heading in page.headings
        if heading.id in HELP_STEPS
    ]
    return {
        "locale": locale,
        "direction": words.direction(locale),
        "t": site.say(locale),
        "help": frame["help"],
        "help_checked": frame["help_checked"],
        "danger": page.ids[HELP].text,
        "crisis": page.ids[CRISIS].text if CRISIS in page.ids else "",
        "steps": steps,
        "kept": base + site.urls.path(locale, "offline"),
        "home": base + site.urls.path(locale, "index"),
    }
